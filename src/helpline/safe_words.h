#pragma once
// Passages of a text about suicide that its author may want to read once more before others do: what helps
// to keep readers safe who are near it themselves. After the advice of "Preventing suicide: a resource for
// media professionals, update 2023" (WHO) and of Samaritans' media guidelines: neither the method nor the
// place is told, and the words speak neither of a crime ("committed") nor of success.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace keepsake {

struct Passage {
  enum class Kind : std::uint8_t { method, wording, place };
  std::size_t offset = 0, length = 0;  // in bytes of the text; never inside a code point of UTF-8
  Kind kind = Kind::method;
};
// "method", "wording", "place".
std::string_view word_of(Passage::Kind kind);

inline constexpr std::size_t most_passages = 50;

// In the order of the text, none within another, the first `most_passages` of them. Nothing for a text that
// is not about suicide, whatever else it names, and for languages other than English, German, Spanish, French
// and Arabic (`language`: BCP 47). Looks at words and not at meaning: advice for the author's eyes. Takes any
// bytes; the time is linear to their number.
std::vector<Passage> passages_to_reconsider(std::string_view text, std::string_view language);

}  // namespace keepsake

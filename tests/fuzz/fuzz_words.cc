// What authors write, looked through for phrases: whatever the bytes, passages stand in order within the
// text, cut no character in two, and are few; case changes no suggestion.
#include "base/text.h"
#include "fuzz/targets.h"
#include "helpline/safe_words.h"
#include "helpline/suggest.h"

namespace keepsake::fuzz {
namespace {

constexpr std::string_view languages[] = {"en", "de", "es", "fr", "ar"};

void check_passages(std::string_view text, std::string_view language) {
  const auto passages = passages_to_reconsider(text, language);
  must(passages.size() <= most_passages, "no more passages than were promised");
  std::size_t end = 0;
  for (const Passage& passage : passages) {
    must(passage.offset >= end && passage.length > 0, "passages stand in order and apart");
    end = passage.offset + passage.length;
    must(end <= text.size(), "passages stand within the text");
    if (is_utf8(text)) must(is_utf8(text.substr(passage.offset, passage.length)), "no character is cut");
  }
}

}  // namespace

void words(ByteView input) {
  const std::string_view text = as_text(input);
  for (const std::string_view language : languages) {
    check_passages(text, language);
    must(suggest(text, language) == suggest(ascii_lower(text), language), "case changes no suggestion");
  }
}

}  // namespace keepsake::fuzz

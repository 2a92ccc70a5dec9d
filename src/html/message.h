#pragma once
// A sentence with places to fill, in the syntax of ICU MessageFormat: {name}, {number, plural, one {# photo}
// other {# photos}}, {kind, select, ...}.
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace keepsake::html {

// What stands in a place: text as it is, or a number written and counted as the language does.
struct Filled {
  Filled(std::string_view place, std::string_view text) : name(place), value(text) {}
  Filled(std::string_view place, std::int64_t number) : name(place), value(number) {}

  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;  // the text is borrowed
};

class Message {
 public:
  // Parses; that is costly, so messages are kept. `language` is BCP 47. Throws std::runtime_error naming the
  // text where it is malformed.
  Message(std::string_view language, std::string_view pattern);
  ~Message();
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  // The names of all places, also those within branches.
  const std::set<std::string, std::less<>>& names() const { return names_; }

  // A text that may run against the sentence's direction is isolated from it (Unicode UAX 9, FSI and PDI).
  // Throws std::logic_error for a place left empty, a name that has no place, or a text where a number
  // counts. Thread-safe.
  std::string fill(std::span<const Filled> filled) const;

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
  std::set<std::string, std::less<>> names_;
};

}  // namespace keepsake::html

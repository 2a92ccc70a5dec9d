#pragma once
// The message catalogue: every word of a page by its id, one file a language (words/en.txt):
//   @called = Deutsch        the language's own name; first, in every catalogue
//   @machine_made = yes      nobody who speaks it has confirmed these words yet
//   id = text                ICU MessageFormat (html/message.h) where the text has braces, else as it stands
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html/customs.h"
#include "html/direction.h"
#include "html/message.h"

namespace keepsake::html {

// What stands at the head of a catalogue.
struct WordsHead {
  std::string_view called;  // empty: not a catalogue
  bool machine_made = false;
};
// Reads no further than the head.
WordsHead read_words_head(std::string_view file);

// Thread-safe. Movable before it is shared.
class Words {
 public:
  using Filled = html::Filled;

  // The embedded words/LANGUAGE.txt. Throws std::runtime_error if there is none or a line is malformed.
  static Words load(std::string_view language);
  // From the text of such a file, which outlives the words: `@head = value`, `# comment`, empty lines,
  // `id = text` with ids of [a-z0-9_].
  static Words parse(std::string_view language, std::string_view file);
  Words(Words&&) noexcept;
  ~Words();

  // Plain text, not yet escaped. Throws std::logic_error for an unknown id, a place left empty or a name the
  // text has no place for, std::runtime_error for a malformed text.
  std::string say(std::string_view id, std::initializer_list<Filled> filled = {}) const;
  // The same for a text without places, as a view that lives as long as the words' file.
  std::string_view plain(std::string_view id) const;
  bool has(std::string_view id) const { return find(id) != nullptr; }
  // The id of a plain text, the first of several.
  std::optional<std::string_view> id_of(std::string_view text) const;
  std::vector<std::string_view> ids() const;
  // The names of the places in it. Throws as say does.
  const std::set<std::string, std::less<>>& places(std::string_view id) const;

  const std::string& language() const { return language_; }  // BCP 47
  std::string_view direction() const { return direction_of(language_); }
  const WordsHead& head() const { return head_; }
  const Customs& customs() const { return *customs_; }

 private:
  struct Entry {
    std::string_view id, text;
  };
  struct Kept;  // messages with places, parsed once
  Words();
  const Entry* find(std::string_view id) const;
  const Entry& get(std::string_view id) const;
  const Message& message(const Entry& entry) const;

  std::string language_;
  WordsHead head_;
  std::vector<Entry> entries_;  // by id
  std::unique_ptr<Customs> customs_;
  std::unique_ptr<Kept> kept_;
};

}  // namespace keepsake::html

#pragma once
// The message catalogue: every word of a page by its id, one file a language (words/en.txt), lines of
// `id = text`. Placeholders are {name}; the text follows ICU MessageFormat's syntax as far as it goes.
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace keepsake::html {

// "rtl" for languages of right-to-left scripts (BCP 47 tags), "ltr" for all others.
std::string_view direction_of(std::string_view language);

class Words {
 public:
  struct Filled {
    std::string_view name, value;
  };

  // The embedded words/LANGUAGE.txt. Throws std::runtime_error if there is none or a line is malformed.
  static Words load(std::string_view language);
  // From the text of such a file: `# comment`, empty lines, `id = text` with ids of [a-z0-9_].
  static Words parse(std::string_view language, std::string_view file);

  // Plain text, not yet escaped. Throws std::logic_error for an unknown id, a placeholder left empty or a
  // name the text does not have.
  std::string say(std::string_view id, std::initializer_list<Filled> filled = {}) const;
  bool has(std::string_view id) const { return texts_.find(id) != texts_.end(); }

  const std::string& language() const { return language_; }  // BCP 47
  std::string_view direction() const;                        // "ltr" or "rtl"

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace keepsake::html

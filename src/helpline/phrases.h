#pragma once
// Finds phrases of word lists in what people write, whatever the case and the accents.
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keepsake {

// A text as its words, in time linear to its length. Takes any bytes: what is no UTF-8 parts words.
class TextWords {
 public:
  static constexpr std::size_t most_bytes = std::size_t{4} << 20;  // what comes after them is not read

  // Where a word stands in the text, in bytes, and in which sentence, counted from 0.
  struct Word {
    std::uint32_t offset = 0, length = 0, sentence = 0;
    std::uint32_t folded = 0;  // where its forms stand
    std::uint8_t folded_length = 0;
    // Arabic writes "and", "in" and "the" together with the next word: where its forms with fewer of them
    // begin. The first is 0, the whole word.
    std::array<std::uint8_t, 4> forms = {};
    std::uint8_t form_count = 1;
  };

  explicit TextWords(std::string_view text);

  std::size_t size() const { return words_.size(); }
  const Word& operator[](std::size_t at) const { return words_[at]; }
  // Without case, accents and vowel signs. Empty for a word longer than any of a list.
  std::string_view form(std::size_t at, std::size_t which) const {
    const Word& word = words_[at];
    return std::string_view(folded_).substr(word.folded, word.folded_length).substr(word.forms[which]);
  }

 private:
  void add(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t sentence);

  std::vector<Word> words_;
  std::string folded_;  // the words' forms, one after the other
};

// One line of a table of words: phrases with commas between them. "word*" also stands for what begins so,
// "a|b" for either, ".." for up to three words in between. A phrase stands within one sentence.
struct WordList {
  std::string_view language;  // "en"
  int what;                   // what the phrases are about; `false_friend`: not that, whatever stands in it
  std::string_view phrases;
};
inline constexpr int false_friend = -1;

// The words from `first` to `last`, both among them.
struct FoundPhrase {
  int what;
  std::size_t first, last;
};

// The lists of one language.
class Phrases {
 public:
  void add(const WordList& list);
  // Calls `take` for each that stands there, those inside a false friend left out.
  void find(const TextWords& text, const std::function<void(const FoundPhrase&)>& take) const;

 private:
  struct Choice {
    std::string form;
    bool begins = false;  // with it, and goes on
  };
  using Step = std::vector<Choice>;  // none: up to three words
  struct Phrase {
    int what;
    std::vector<Step> steps;
  };
  using Places = std::vector<std::size_t>;

  void add_phrase(int what, std::string_view phrase);
  const Places* starting_with(std::string_view form) const;
  bool fits(const TextWords& text, std::size_t at, const Step& step) const;
  // The last word of the phrase that begins at `at`, or nowhere.
  std::size_t end_of(const TextWords& text, std::size_t at, std::span<const Step> steps) const;
  std::vector<FoundPhrase> found_at(const TextWords& text, std::size_t at) const;

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  std::vector<Phrase> phrases_;
  std::unordered_map<std::uint16_t, Places> by_beginning_;  // of the first word: its first two bytes
};

// Tables of several languages.
class PhraseBook {
 public:
  explicit PhraseBook(std::span<const WordList> lists);
  // By the first part of a BCP 47 tag ("de-AT"); null for a language without lists.
  const Phrases* of(std::string_view language) const;

 private:
  std::map<std::string, Phrases, std::less<>> by_language_;
};

}  // namespace keepsake

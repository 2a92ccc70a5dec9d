#include "helpline/phrases.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>

#include "base/text.h"

namespace keepsake {
namespace {

constexpr std::size_t most_word_bytes = 128;
constexpr std::size_t most_between = 3;
constexpr std::size_t fewest_arabic_bytes = 6;  // three letters: what is left of a word is one

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

constexpr UChar32 soft_hyphen = 0xad, tatweel = 0x640;

bool is_of_word(UChar32 c) {
  return u_isalnum(c) || is_mark(c) || c == soft_hyphen;
}

bool ends_sentence(UChar32 c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61f || c == 0x6d4;
}

// Letters that many write for one another.
UChar32 plain_letter(UChar32 c) {
  if (c == 0x649) return 0x64a;  // alef maksura as ya
  if (c == 0x629) return 0x647;  // ta marbuta as ha
  return c;
}

std::string folded_by_icu(std::string_view word) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) return {};
  const auto text = icu::UnicodeString::fromUTF8(word);
  const icu::UnicodeString apart = decompose->normalize(fold->normalize(text, error), error);
  icu::UnicodeString plain;
  for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
    const UChar32 c = apart.char32At(at);
    if (!is_mark(c) && c != tatweel) plain.append(plain_letter(c));
  }
  std::string folded;
  if (U_SUCCESS(error)) plain.toUTF8String(folded);
  return folded;
}

std::string folded(std::string_view word) {
  if (word.size() > most_word_bytes) return {};
  std::string form = is_ascii(word) ? ascii_lower(word) : folded_by_icu(word);
  return form.size() > most_word_bytes ? std::string() : form;
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view each) { return text.starts_with(each); });
}

// Where the forms of an Arabic word begin that leave out "and", then "in" or "for" or "like", then "the".
void find_forms(TextWords::Word& word, std::string_view form) {
  std::size_t at = 0;
  const auto leave_out = [&](std::size_t bytes) {
    if (form.size() < at + bytes + fewest_arabic_bytes) return;
    at += bytes;
    word.forms[word.form_count++] = static_cast<std::uint8_t>(at);
  };
  if (begins_with_any(form, {"و", "ف"})) leave_out(2);
  if (form.substr(at).starts_with("لل"))
    leave_out(4);
  else if (begins_with_any(form.substr(at), {"ب", "ل", "ك"}))
    leave_out(2);
  if (word.form_count < word.forms.size() && form.substr(at).starts_with("ال")) leave_out(4);
}

std::uint16_t beginning_of(std::string_view form) {
  const auto byte = [&](std::size_t at) {
    return at < form.size() ? static_cast<unsigned char>(form[at]) : 0u;
  };
  return static_cast<std::uint16_t>(byte(0) << 8 | byte(1));
}

}  // namespace

TextWords::TextWords(std::string_view text) {
  text = cut_at(text, most_bytes);
  UErrorCode error = U_ZERO_ERROR;
  const icu::LocalUTextPointer points(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error));
  std::uint32_t sentence = 0;
  std::size_t at = 0, begin = 0;
  bool in_word = false, ended = false;
  int lines = 0;
  for (UChar32 c = utext_next32(points.getAlias()); c != U_SENTINEL; c = utext_next32(points.getAlias())) {
    const bool of_word = is_of_word(c);
    if (of_word && !in_word) {
      if (ended && !words_.empty()) ++sentence;
      begin = at;
      ended = false;
      lines = 0;
    }
    if (!of_word) {
      if (in_word) add(text, begin, at, sentence);
      lines += c == '\n' ? 1 : 0;
      ended = ended || ends_sentence(c) || lines > 1;
    }
    in_word = of_word;
    at = static_cast<std::size_t>(utext_getNativeIndex(points.getAlias()));
  }
  if (in_word) add(text, begin, text.size(), sentence);
}

void TextWords::add(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t sentence) {
  const std::string form = folded(text.substr(begin, end - begin));
  Word word;
  word.offset = static_cast<std::uint32_t>(begin);
  word.length = static_cast<std::uint32_t>(end - begin);
  word.sentence = sentence;
  word.folded = static_cast<std::uint32_t>(folded_.size());
  word.folded_length = static_cast<std::uint8_t>(form.size());
  find_forms(word, form);
  folded_ += form;
  words_.push_back(word);
}

void Phrases::add(const WordList& list) {
  for (const std::string_view phrase : split(list.phrases, ',')) add_phrase(list.what, trim(phrase));
}

void Phrases::add_phrase(int what, std::string_view phrase) {
  Phrase made{what, {}};
  for (const std::string_view part : split(phrase, ' ')) {
    Step step;
    for (const std::string_view choice : part == ".." ? std::vector<std::string_view>() : split(part, '|')) {
      const bool begins = choice.ends_with('*');
      step.push_back({folded(choice.substr(0, choice.size() - (begins ? 1 : 0))), begins});
    }
    made.steps.push_back(std::move(step));
  }
  for (const Choice& choice : made.steps.front()) {
    Places& places = by_beginning_[beginning_of(choice.form)];
    if (places.empty() || places.back() != phrases_.size()) places.push_back(phrases_.size());
  }
  phrases_.push_back(std::move(made));
}

const Phrases::Places* Phrases::starting_with(std::string_view form) const {
  const auto found = by_beginning_.find(beginning_of(form));
  return found == by_beginning_.end() ? nullptr : &found->second;
}

bool Phrases::fits(const TextWords& text, std::size_t at, const Step& step) const {
  for (std::size_t which = 0; which < text[at].form_count; ++which) {
    const std::string_view form = text.form(at, which);
    const bool fits = std::ranges::any_of(step, [&](const Choice& choice) {
      return choice.begins ? form.starts_with(choice.form) : form == choice.form;
    });
    if (fits) return true;
  }
  return false;
}

std::size_t Phrases::end_of(const TextWords& text, std::size_t at, std::span<const Step> steps) const {
  const std::size_t begin = at;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].empty()) {
      for (std::size_t between = 0; between <= most_between; ++between) {
        if (at + between >= text.size() || text[at + between].sentence != text[begin].sentence) break;
        const std::size_t end = end_of(text, at + between, steps.subspan(i + 1));
        if (end != nowhere) return end;
      }
      return nowhere;
    }
    if (at >= text.size() || text[at].sentence != text[begin].sentence || !fits(text, at, steps[i]))
      return nowhere;
    ++at;
  }
  return at - 1;
}

std::vector<FoundPhrase> Phrases::found_at(const TextWords& text, std::size_t at) const {
  std::vector<FoundPhrase> found;
  for (std::size_t which = 0; which < text[at].form_count; ++which) {
    const Places* const places = starting_with(text.form(at, which));
    if (!places) continue;
    for (const std::size_t place : *places) {
      const Phrase& phrase = phrases_[place];
      if (const std::size_t last = end_of(text, at, phrase.steps); last != nowhere)
        found.push_back({phrase.what, at, last});
    }
  }
  return found;
}

void Phrases::find(const TextWords& text, const std::function<void(const FoundPhrase&)>& take) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto found = found_at(text, at);
    const auto friendly = std::ranges::find(found, false_friend, &FoundPhrase::what);
    if (friendly != found.end())
      at = friendly->last;
    else
      std::ranges::for_each(found, take);
  }
}

PhraseBook::PhraseBook(std::span<const WordList> lists) {
  for (const WordList& list : lists) by_language_[std::string(list.language)].add(list);
}

const Phrases* PhraseBook::of(std::string_view language) const {
  const auto found = by_language_.find(ascii_lower(language.substr(0, language.find('-'))));
  return found == by_language_.end() ? nullptr : &found->second;
}

}  // namespace keepsake

#include "web/oddity_words.h"

#include <array>
#include <optional>

namespace keepsake::web {
namespace {

constexpr std::array<std::string_view, 14> ids = {
    "oddity_made_up",     "oddity_unpublished", "oddity_shows_dials", "oddity_no_source",
    "oddity_no_provider", "oddity_one_place",   "oddity_no_words",    "oddity_zone",
    "oddity_overlap",     "oddity_markup",      "oddity_date_ahead",  "oddity_checked",
    "oddity_same_id",     "oddity_same_number"};

// What stood in the places.
struct Places {
  std::string_view what, more;
};

std::string filled(const html::Words& words, std::string_view id, const Places& places) {
  const auto& names = words.places(id);
  if (names.empty()) return words.say(id);
  if (!names.contains("more")) return words.say(id, {{"what", places.what}});
  return words.say(id, {{"what", places.what}, {"more", places.more}});
}

// The places of a sentence of which these are the words, if it is of them.
std::optional<Places> places_in(std::string_view sentence, std::string_view words) {
  Places found;
  std::string_view* place = nullptr;
  while (!words.empty() || !sentence.empty()) {
    const std::size_t mark = std::min(words.find_first_of("\x01\x02"), words.size());
    const std::string_view between = words.substr(0, mark);
    const std::size_t at = place && between.empty() ? sentence.size() : sentence.find(between);
    if (at == sentence.npos || (!place && at != 0)) return std::nullopt;
    if (place) *place = sentence.substr(0, at);
    sentence.remove_prefix(at + between.size());
    if (mark == words.size()) return sentence.empty() ? std::optional(found) : std::nullopt;
    place = words[mark] == '\x01' ? &found.what : &found.more;
    words.remove_prefix(mark + 1);
  }
  return found;
}

}  // namespace

std::string oddity_said(const html::Languages& languages, const html::Words& words,
                        std::string_view sentence) {
  const html::Words& english = languages.english();
  if (&words == &english) return std::string(sentence);
  for (const std::string_view id : ids)
    if (const auto places = places_in(sentence, filled(english, id, {"\x01", "\x02"})))
      return filled(words, id, *places);
  return std::string(sentence);
}

}  // namespace keepsake::web

#include "helpline/hours_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"

namespace keepsake {
namespace {

constexpr std::array<std::string_view, 7> day_words = {"mo", "tu", "we", "th", "fr", "sa", "su"};

std::optional<int> minutes_of(std::string_view clock) {
  if (clock.size() != 5 || clock[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4})
    if (clock[i] < '0' || clock[i] > '9') return std::nullopt;
  const auto two = [&](std::size_t i) { return (clock[i] - '0') * 10 + (clock[i + 1] - '0'); };
  const int hour = two(0), minute = two(3);
  if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<unsigned> day_of(std::string_view word) {
  const auto found = std::ranges::find(day_words, word);
  if (found == day_words.end()) return std::nullopt;
  return static_cast<unsigned>(found - day_words.begin());
}

}  // namespace

std::optional<Spell> parse_spell(std::string_view from, std::string_view to) {
  const auto first = minutes_of(from), last = minutes_of(to);
  if (!first || !last || *first == 24 * 60 || *last == 0 || *first == *last) return std::nullopt;
  return Spell{*first, *last};
}

std::string clock_text(int minutes) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
  return text;
}

unsigned parse_days(std::string_view text) {
  unsigned all = 0;
  for (const std::string_view part : split(text, ',')) {
    const std::size_t dash = part.find('-');
    const auto first = day_of(part.substr(0, dash));
    const auto last = dash == part.npos ? first : day_of(part.substr(dash + 1));
    if (!first || !last) return 0;
    for (unsigned day = *first;; day = (day + 1) % 7) {
      all |= 1u << day;
      if (day == *last) break;
    }
  }
  return all;
}

std::string days_text(unsigned days) {
  std::string text;
  for (unsigned day = 0; day < 7; ++day) {
    if (!(days >> day & 1)) continue;
    unsigned last = day;
    while (last < 6 && days >> (last + 1) & 1) ++last;
    if (!text.empty()) text += ',';
    text += day_words.at(day);
    if (last > day) text.append("-").append(day_words.at(last));
    day = last;
  }
  return text;
}

Result<Hours> parse_hours(std::string_view text, const std::string& zone) {
  const Refusal refused{Refused::invalid, "Write hours like this: mo-fr 09:00-17:00; sa 10:00-14:00",
                        "hours"};
  Hours hours;
  if (trim(text) == "always") {
    hours.always = true;
    return hours;
  }
  if (!is_zone(zone)) return Refusal{Refused::invalid, "This time zone is not known here.", "zone"};
  hours.zone = zone;
  for (const std::string_view each : split(text, ';')) {
    if (hours.week.size() == most_spells) return refused;
    const std::string_view part = trim(each);
    const std::size_t space = part.find(' ');
    if (space == part.npos) return refused;
    const std::string_view clock = trim(part.substr(space));
    const unsigned days = parse_days(part.substr(0, space));
    const auto spell = clock.size() == 11 && clock[5] == '-'
                           ? parse_spell(clock.substr(0, 5), clock.substr(6))
                           : std::nullopt;
    if (days == 0 || !spell) return refused;
    hours.week.push_back({days, *spell});
  }
  return hours;
}

std::string hours_text(const Hours& hours) {
  if (hours.always) return "always";
  std::string text;
  for (const WeekSpell& each : hours.week) {
    if (!text.empty()) text += "; ";
    text += days_text(each.days) + " " + clock_text(each.spell.from) + "-" + clock_text(each.spell.to);
  }
  return text;
}

}  // namespace keepsake

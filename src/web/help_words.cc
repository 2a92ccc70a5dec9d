#include "web/help_words.h"

#include <algorithm>
#include <vector>

#include "helpline/line.h"

namespace keepsake::web {
namespace {

constexpr unsigned every_day = 0x7f;

std::string from_to(const html::Words& words, const std::string& from, const std::string& to) {
  return words.say("help_from_to", {{"from", from}, {"to", to}});
}

std::string spell_said(const html::Words& words, const Spell& spell) {
  const html::Customs& customs = words.customs();
  return from_to(words, customs.clock(spell.from), customs.clock(spell.to % (24 * 60)));
}

std::string days_said(const html::Words& words, unsigned days) {
  if (days == every_day) return words.say("help_every_day");
  const html::Customs& customs = words.customs();
  std::vector<std::string> said;
  for (int day = 0; day < 7; ++day) {
    if (!(days >> day & 1)) continue;
    int last = day;
    while (last < 6 && days >> (last + 1) & 1) ++last;
    said.push_back(last == day ? customs.weekday(day)
                               : from_to(words, customs.weekday(day), customs.weekday(last)));
    day = last;
  }
  return customs.list(said);
}

// 2024 is a leap year: of every year means the 29th of February too.
std::string other_day_said(const html::Words& words, const OtherDay& other) {
  const std::chrono::sys_days day =
      std::chrono::year(other.year.value_or(2024)) / std::chrono::month(other.month) / other.day;
  return other.year ? words.customs().day(day) : words.customs().short_day(day);
}

// What is said of single days: those that are closed in one list, the others each with their hours.
std::vector<std::string> other_days_said(const html::Words& words, const std::vector<OtherDay>& others) {
  std::vector<std::string> said, closed;
  for (const OtherDay& other : others) {
    const std::string day = other_day_said(words, other);
    if (other.spells.empty()) closed.push_back(day);
    for (const Spell& spell : other.spells)
      said.push_back(words.say("help_days_hours", {{"days", day}, {"hours", spell_said(words, spell)}}));
  }
  if (!closed.empty()) said.push_back(words.say("help_closed_on", {{"days", words.customs().list(closed)}}));
  return said;
}

}  // namespace

std::string hours_said(const html::Words& words, const Hours& hours) {
  if (hours.always) return words.say("help_always");
  std::vector<std::string> parts;
  for (const WeekSpell& each : hours.week)
    parts.push_back(words.say("help_days_hours", {{"days", days_said(words, each.days)},
                                                  {"hours", spell_said(words, each.spell)}}));
  for (std::string& each : other_days_said(words, hours.others)) parts.push_back(std::move(each));
  if (hours.closed_on_holidays) parts.push_back(words.say("help_holidays_closed"));
  std::string said;
  for (const std::string& part : parts) said += (said.empty() ? "" : "; ") + part;
  return words.say("help_hours_in_zone", {{"hours", said}, {"city", words.customs().city(hours.zone)}});
}

std::string date_said(const html::Words& words, std::string_view date) {
  const auto day = first_day(date);
  if (!day || date.size() == 4) return std::string(date);
  return date.size() == 10 ? words.customs().day(*day) : words.customs().month(*day);
}

std::string topic_said(const html::Words& words, Topic topic) {
  std::string id = "topic_" + std::string(word_of(topic));
  std::ranges::replace(id, '-', '_');
  return words.say(id);
}

}  // namespace keepsake::web

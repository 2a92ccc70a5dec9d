#include "helpline/hours.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace keepsake {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using Day = std::chrono::local_days;

constexpr int days_back = 1, days_on = 14;

// A zone's clock (ICU's copy of the IANA database, or the system's where that is newer).
class Zone {
 public:
  explicit Zone(std::unique_ptr<icu::BasicTimeZone> zone) : zone_(std::move(zone)) {}

  std::chrono::local_time<minutes> local(Time time) const {
    std::int32_t raw = 0, saving = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone_->getOffset(since(time), false, raw, saving, error);
    return std::chrono::floor<minutes>(
        std::chrono::local_time<milliseconds>(milliseconds(std::int64_t(since(time)) + raw + saving)));
  }
  Time at(Day day, int minute) const {
    const auto clock = milliseconds((day + minutes(minute)).time_since_epoch());
    std::int32_t raw = 0, saving = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone_->getOffsetFromLocal(static_cast<UDate>(clock.count()), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                              raw, saving, error);
    return Time(clock - milliseconds(raw + saving));
  }

 private:
  static UDate since(Time time) {
    return static_cast<UDate>(std::chrono::floor<milliseconds>(time.time_since_epoch()).count());
  }
  std::unique_ptr<icu::BasicTimeZone> zone_;
};

// Kept for as long as the program runs: there are a few hundred at most, however many lines are asked for.
const Zone* find_zone(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const Zone>, std::less<>> zones;
  const std::lock_guard lock(mutex);
  if (const auto found = zones.find(name); found != zones.end()) return found->second.get();
  std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  auto* const basic = dynamic_cast<icu::BasicTimeZone*>(made.get());
  if (!basic || *made == icu::TimeZone::getUnknown()) return nullptr;
  made.release();
  auto zone = std::make_unique<const Zone>(std::unique_ptr<icu::BasicTimeZone>(basic));
  return zones.emplace(name, std::move(zone)).first->second.get();
}

int weekday_of(Day day) {
  return static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1;
}

const OtherDay* other_day(const Hours& hours, Day day) {
  const std::chrono::year_month_day date(day);
  const auto is_it = [&](const OtherDay& other) {
    return std::chrono::month(other.month) == date.month() && std::chrono::day(other.day) == date.day() &&
           (!other.year || std::chrono::year(*other.year) == date.year());
  };
  // What is said of one year goes before what is said of all.
  const auto dated =
      std::ranges::find_if(hours.others, [&](const OtherDay& other) { return other.year && is_it(other); });
  const auto found = dated != hours.others.end() ? dated : std::ranges::find_if(hours.others, is_it);
  return found == hours.others.end() ? nullptr : &*found;
}

std::vector<Spell> spells_of(const Hours& hours, Day day) {
  if (const OtherDay* other = other_day(hours, day)) return other->spells;
  std::vector<Spell> spells;
  for (const WeekSpell& week : hours.week)
    if (week.days >> weekday_of(day) & 1) spells.push_back(week.spell);
  return spells;
}

struct Open {
  Time from, to;
};

// From yesterday on, in order; what touches is one.
std::vector<Open> open_around(const Hours& hours, const Zone& zone, Day today) {
  std::vector<Open> all;
  for (Day day = today - days(days_back); day <= today + days(days_on); day += days(1)) {
    for (const Spell& spell : spells_of(hours, day)) {
      const Day last = spell.past_midnight() ? day + days(1) : day;
      const Open open{zone.at(day, spell.from), zone.at(last, spell.to)};
      // In the hour that daylight saving leaves out, from a quarter to three until three is no time at all.
      if (open.from < open.to) all.push_back(open);
    }
  }
  std::ranges::sort(all, {}, &Open::from);
  std::vector<Open> merged;
  for (const Open& open : all) {
    if (!merged.empty() && open.from <= merged.back().to) {
      merged.back().to = std::max(merged.back().to, open.to);
    } else {
      merged.push_back(open);
    }
  }
  return merged;
}

Turn turn_at(const Zone& zone, Day today, Time at) {
  const auto clock = zone.local(at);
  const auto day = std::chrono::floor<days>(clock);
  return {.at = at,
          .minutes = static_cast<int>((clock - day).count()),
          .days_ahead = static_cast<int>((day - today).count()),
          .weekday = weekday_of(day)};
}

}  // namespace

bool is_zone(const std::string& zone) {
  return find_zone(zone) != nullptr;
}

std::optional<Opening> opening_at(const Hours& hours, Time now) {
  if (hours.always) return Opening{.open = true};
  const Zone* const zone = find_zone(hours.zone);
  if (!zone) return std::nullopt;
  const Day today = std::chrono::floor<days>(zone->local(now));
  const Time midnight = zone->at(today + days(1), 0);
  const std::vector<Open> around = open_around(hours, *zone, today);
  const auto next = std::ranges::find_if(around, [&](const Open& open) { return open.to > now; });
  if (next == around.end()) return Opening{.until = midnight};
  const bool open = next->from <= now;
  const bool for_good = open && next->to >= zone->at(today + days(days_on), 0);
  if (for_good) return Opening{.open = true, .until = midnight};
  const Time turn = open ? next->to : next->from;
  return Opening{.open = open, .turn = turn_at(*zone, today, turn), .until = std::min(turn, midnight)};
}

}  // namespace keepsake

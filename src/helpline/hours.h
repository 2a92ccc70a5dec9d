#pragma once
// When a helpline answers: by the weekdays of its own zone, with days that are otherwise.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace keepsake {

// Minutes since midnight by the zone's clock: from 0 to 1439, to 1 to 1440. Where `to` is not after `from` it
// is of the day after.
struct Spell {
  int from = 0, to = 0;

  bool past_midnight() const { return to <= from; }
  friend bool operator==(const Spell&, const Spell&) = default;
};

// On each of these days of the week.
struct WeekSpell {
  unsigned days = 0;  // bit 0 is Monday, bit 6 Sunday
  Spell spell;
};

// A day that is otherwise than its weekday.
struct OtherDay {
  std::optional<int> year = {};  // absent: every year
  unsigned month = 1, day = 1;
  std::vector<Spell> spells = {};  // empty: closed
};

struct Hours {
  bool always = false;    // day and night; nothing else is set then
  std::string zone = {};  // IANA
  std::vector<WeekSpell> week = {};
  std::vector<OtherDay> others = {};
  // As the provider says; which days those are nobody here knows.
  bool closed_on_holidays = false;
};

// Whether this machine knows the IANA zone.
bool is_zone(const std::string& zone);

// The clock and calendar of the line's zone at the moment it opens or shuts.
struct Turn {
  Time at;
  int minutes = 0;     // since midnight, 0 to 1439
  int days_ahead = 0;  // 0: the same day there as now
  int weekday = 0;     // 0 is Monday
};

struct Opening {
  bool open = false;
  // When that changes; absent where it does not within two weeks.
  std::optional<Turn> turn = {};
  // Until when all of this can be said: what comes first of the turn and the next midnight there.
  Time until = Time::max();
};

// Absent if the zone is unknown here. A time of day that daylight saving leaves out counts as the moment as
// long after midnight; of one that comes twice, the first is meant: a spell keeps its usual length.
std::optional<Opening> opening_at(const Hours& hours, Time now);

}  // namespace keepsake

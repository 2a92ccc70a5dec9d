#include "helpline/hours.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

using namespace std::chrono;

constexpr unsigned every_day = 0x7f, weekdays = 0x1f, saturday = 0x20;

Hours daily(std::string zone, int from, int to, unsigned days = every_day) {
  Hours hours;
  hours.zone = std::move(zone);
  hours.week = {{days, {from, to}}};
  return hours;
}

// UTC.
Time at(int y, unsigned m, unsigned d, int hour, int minute = 0, int second = 0) {
  return Time(sys_days(year(y) / m / d) + hours(hour) + minutes(minute) + seconds(second));
}

Opening opening(const Hours& hours, Time now) {
  const auto found = opening_at(hours, now);
  EXPECT_TRUE(found);
  return found.value_or(Opening{});
}

void expect_turn(const Opening& opening, int minutes, int days_ahead) {
  ASSERT_TRUE(opening.turn);
  EXPECT_EQ(opening.turn->minutes, minutes);
  EXPECT_EQ(opening.turn->days_ahead, days_ahead);
}

// 1 pm to 11 pm in Auckland in July, UTC+12.
TEST(Hours, AtTheEdgesOfADay) {
  const Hours hours = daily("Pacific/Auckland", 13 * 60, 23 * 60);
  const Opening before = opening(hours, at(2026, 7, 1, 0, 59, 59));
  EXPECT_FALSE(before.open);
  expect_turn(before, 13 * 60, 0);
  const Opening first = opening(hours, at(2026, 7, 1, 1));
  EXPECT_TRUE(first.open);
  expect_turn(first, 23 * 60, 0);
  EXPECT_TRUE(opening(hours, at(2026, 7, 1, 10, 59, 59)).open);
  const Opening after = opening(hours, at(2026, 7, 1, 11));
  EXPECT_FALSE(after.open);
  expect_turn(after, 13 * 60, 1);
  EXPECT_EQ(after.turn->weekday, 3);  // Thursday
}

TEST(Hours, AcrossMidnight) {
  const Hours hours = daily("Pacific/Auckland", 18 * 60, 2 * 60, weekdays);
  // Friday's spell lasts into Saturday.
  const Opening late = opening(hours, at(2026, 7, 3, 13, 30));  // Saturday 1:30 am
  EXPECT_TRUE(late.open);
  expect_turn(late, 2 * 60, 0);
  const Opening evening = opening(hours, at(2026, 7, 3, 11));  // Friday 11 pm
  EXPECT_TRUE(evening.open);
  expect_turn(evening, 2 * 60, 1);
  const Opening weekend = opening(hours, at(2026, 7, 3, 14));  // Saturday 2 am
  EXPECT_FALSE(weekend.open);
  expect_turn(weekend, 18 * 60, 2);
  EXPECT_EQ(weekend.turn->weekday, 0);
}

TEST(Hours, UntilMidnightMeetsFromMidnight) {
  Hours hours = daily("Europe/London", 18 * 60, 24 * 60);
  hours.week.push_back({every_day, {0, 2 * 60}});
  const Opening evening = opening(hours, at(2026, 1, 10, 20));
  EXPECT_TRUE(evening.open);
  expect_turn(evening, 2 * 60, 1);
}

// Auckland: at 2 am on 27 September 2026 the clock goes to 3 am; at 3 am on 5 April 2026 back to 2 am.
TEST(Hours, WhenDaylightSavingBegins) {
  const Hours night = daily("Pacific/Auckland", 22 * 60, 6 * 60);
  EXPECT_TRUE(opening(night, at(2026, 9, 26, 13, 59)).open);  // 1:59 am
  const Opening after = opening(night, at(2026, 9, 26, 14));  // 3:00 am
  EXPECT_TRUE(after.open);
  expect_turn(after, 6 * 60, 0);
  EXPECT_EQ(after.turn->at, at(2026, 9, 26, 17));  // an hour less than on other nights
  // Half past two does not come that day.
  const Hours early = daily("Pacific/Auckland", 2 * 60 + 30, 5 * 60);
  EXPECT_FALSE(opening(early, at(2026, 9, 26, 14, 29)).open);
  const Opening opened = opening(early, at(2026, 9, 26, 14, 30));
  EXPECT_TRUE(opened.open);
  EXPECT_EQ(opened.turn->at, at(2026, 9, 26, 16));
}

TEST(Hours, ASpellThatDaylightSavingLeavesOut) {
  const Hours hours = daily("Pacific/Auckland", 2 * 60 + 45, 3 * 60);
  const Opening before = opening(hours, at(2026, 9, 26, 13));
  EXPECT_FALSE(before.open);
  expect_turn(before, 2 * 60 + 45, 1);
  EXPECT_FALSE(opening(hours, at(2026, 9, 26, 14, 30)).open);
}

TEST(Hours, WhenDaylightSavingEnds) {
  const Hours night = daily("Pacific/Auckland", 22 * 60, 2 * 60 + 30);
  // Half past two comes twice; the first ends the spell.
  EXPECT_TRUE(opening(night, at(2026, 4, 4, 13, 29, 59)).open);
  EXPECT_FALSE(opening(night, at(2026, 4, 4, 13, 30)).open);
  EXPECT_FALSE(opening(night, at(2026, 4, 4, 14, 15)).open);  // 2:15 am once more
  const Hours morning = daily("Pacific/Auckland", 9 * 60, 17 * 60);
  const Opening before = opening(morning, at(2026, 4, 4, 12));  // 1 am, still summer
  expect_turn(before, 9 * 60, 0);
  EXPECT_EQ(before.turn->at, at(2026, 4, 4, 21));
  // London the other way round: 29 March and 25 October 2026.
  const Hours london = daily("Europe/London", 9 * 60, 17 * 60);
  EXPECT_EQ(opening(london, at(2026, 3, 28, 18)).turn->at, at(2026, 3, 29, 8));
  EXPECT_EQ(opening(london, at(2026, 10, 24, 18)).turn->at, at(2026, 10, 25, 9));
}

TEST(Hours, DaysThatAreOtherwise) {
  Hours hours = daily("Pacific/Auckland", 9 * 60, 17 * 60);
  hours.others = {{.month = 12, .day = 25, .spells = {}},
                  {.year = 2027, .month = 12, .day = 25, .spells = {{600, 720}}}};
  const Opening christmas = opening(hours, at(2026, 12, 24, 23));  // noon of the 25th
  EXPECT_FALSE(christmas.open);
  expect_turn(christmas, 9 * 60, 1);
  EXPECT_TRUE(opening(hours, at(2027, 12, 24, 21, 30)).open);
  EXPECT_FALSE(opening(hours, at(2027, 12, 24, 23)).open);
}

TEST(Hours, OnceAWeek) {
  const Hours hours = daily("Europe/Berlin", 10 * 60, 12 * 60, saturday);
  const Opening sunday = opening(hours, at(2026, 7, 5, 10));
  EXPECT_FALSE(sunday.open);
  expect_turn(sunday, 10 * 60, 6);
  EXPECT_EQ(sunday.turn->weekday, 5);
}

TEST(Hours, AlwaysNeverTurns) {
  Hours always;
  always.always = true;
  EXPECT_TRUE(opening(always, at(2026, 1, 1, 0)).open);
  EXPECT_FALSE(opening(always, at(2026, 1, 1, 0)).turn);
  const Opening whole_days = opening(daily("Europe/Berlin", 0, 24 * 60), at(2026, 3, 29, 0));
  EXPECT_TRUE(whole_days.open);
  EXPECT_FALSE(whole_days.turn);
}

TEST(Hours, AZoneThatVanishedSaysNothing) {
  EXPECT_FALSE(opening_at(daily("Europe/Atlantis", 0, 60), at(2026, 1, 1, 0)));
  EXPECT_FALSE(is_zone("Europe/Atlantis"));
  EXPECT_FALSE(is_zone(""));
  EXPECT_TRUE(is_zone("Pacific/Auckland"));
}

}  // namespace
}  // namespace keepsake

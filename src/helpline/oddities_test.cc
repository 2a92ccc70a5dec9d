#include "helpline/oddities.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keepsake {
namespace {

using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;

const sys_days today = year(2026) / 11 / 24;

Line fine() {
  Line line;
  line.id = "gb-quiet";
  line.country = "GB";
  line.name = "The Quiet Line";
  line.general = true;
  line.channels = {{.means = Means::call, .number = "116 123", .dial = "116123"}};
  line.sources = {{.address = "https://quiet.example/",
                   .says = "",
                   .read = "2026-11-24",
                   .quote = "116 123",
                   .own = true}};
  line.sure = Sure::provider;
  return line;
}

std::string told(const Line& line) {
  std::string all;
  for (const Oddity& oddity : oddities_of(line, today, months(18)))
    all += (oddity.weight == Oddity::Weight::grave ? "grave: " : "mild: ") + oddity.sentence + "\n";
  return all;
}

Line dialling(std::string number, std::string dial) {
  Line line = fine();
  line.channels[0].number = std::move(number);
  line.channels[0].dial = std::move(dial);
  return line;
}

TEST(Oddities, NothingToSay) {
  EXPECT_EQ(told(fine()), "");
  EXPECT_EQ(told(dialling("0800 543 354", "0800543354")), "");
  EXPECT_EQ(told(dialling("+354 552 2222", "+3545522222")), "");
  EXPECT_EQ(told(dialling("+44 (0)808 802 6868", "+448088026868")), "");
}

TEST(Oddities, AMadeUpInternationalShortCodeIsGrave) {
  for (const auto& [number, dial] : {std::pair("116 123", "+44116123"),
                                     {"+44116123", "+44116123"},
                                     {"1737", "+1737"},
                                     {"+1737", "+1737"},
                                     {"13 11 14", "+61131114"},
                                     {"+353 116 123", "+353116123"}}) {
    const std::string said = told(dialling(number, dial));
    EXPECT_NE(said.find("grave: " + std::string(dial) + " is a made-up"), said.npos) << said;
  }
}

TEST(Oddities, WhatIsDialledIsWhatIsShown) {
  EXPECT_NE(told(dialling("0800 543 354", "0800543355")).find("grave: It shows"), std::string::npos);
  EXPECT_NE(told(dialling("0800 543 354", "+64800543354")).find("not published"), std::string::npos);
}

TEST(Oddities, SurenessIsBorneOut) {
  Line line = fine();
  line.sources[0].own = false;
  EXPECT_NE(told(line).find("no source is the provider’s own"), std::string::npos);
  line.sure = Sure::two;
  EXPECT_NE(told(line).find("of one place"), std::string::npos);
  line.sources.push_back(line.sources[0]);
  line.sources[1].address = "https://www.quiet.example/other";
  EXPECT_NE(told(line).find("of one place"), std::string::npos);
  line.sources[1].address = "https://elsewhere.example/";
  EXPECT_EQ(told(line), "");
}

TEST(Oddities, DeadZonesMarkupAndDates) {
  Line line = fine();
  line.hours = Hours{.zone = "Europe/Atlantis", .week = {{1, {60, 120}}}};
  line.who = "<b>anyone</b>";
  line.sources[0].says = "2027-01-01";
  const std::string said = told(line);
  EXPECT_NE(said.find("grave: The time zone Europe/Atlantis"), said.npos) << said;
  EXPECT_NE(said.find("grave: There is markup"), said.npos) << said;
  EXPECT_NE(said.find("grave: A source bears a date that has not come"), said.npos) << said;
  line = fine();
  line.hours = Hours{.zone = "Europe/London", .week = {{1, {60, 120}}, {1, {90, 180}}}};
  EXPECT_NE(told(line).find("mild: Its hours overlap"), std::string::npos);
}

TEST(Oddities, StaleIsOlderThanTheLimit) {
  Line line = fine();
  line.sources[0].says = "2025-05-25";
  EXPECT_FALSE(is_stale(line, today, months(18)));
  line.sources[0].says = "2025-05-23";
  EXPECT_TRUE(is_stale(line, today, months(18)));
  line.sources[0].says = "2025";
  EXPECT_TRUE(is_stale(line, today, months(18)));
  EXPECT_NE(told(line).find("mild: It was last checked 2025"), std::string::npos);
}

TEST(Oddities, AmongAll) {
  Line other = fine();
  other.id = "gb-other";
  const auto all = oddities_of({fine(), other, fine()}, today, months(18));
  const auto says = [&](std::string_view words) {
    return std::ranges::any_of(
        all, [&](const Oddity& each) { return each.sentence.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(says("gb-quiet has the same number"));
  EXPECT_TRUE(says("Another record has its id"));
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().place, 1u);
  EXPECT_EQ(all.back().place, 2u);
  EXPECT_EQ(shared_among({fine()}).size(), 0u);
}

}  // namespace
}  // namespace keepsake

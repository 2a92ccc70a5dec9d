#include "web/oddity_words.h"

#include <gtest/gtest.h>

#include <set>

#include "helpline/oddities.h"

namespace keepsake::web {
namespace {

const std::chrono::sys_days today = std::chrono::year(2026) / 11 / 24;

Line line_of(const std::string& number, const std::string& dial) {
  Line line;
  line.id = "nz-odd";
  line.country = "NZ";
  line.name = "The Odd Line";
  line.channels = {{.means = Means::call, .number = number, .dial = dial}};
  line.sources = {{.address = "https://odd.example/", .says = "2019", .read = "2020-01-01", .quote = ""}};
  line.sure = Sure::provider;
  return line;
}

// Between them they have everything that can be odd.
std::vector<Line> odd_lines() {
  Line made_up = line_of("116 123", "+64116123");
  made_up.hours = Hours{.zone = "Nowhere/Land", .week = {{1, {540, 1020}}, {3, {600, 660}}}};
  Line two = line_of("0800 1", "08002");
  two.sure = Sure::two;
  two.who = "<b>";
  two.sources[0].read = "2027-05-05";
  Line none = line_of("0800 1", "08002");
  none.id = "nz-none";
  return {made_up, two, none};
}

std::vector<std::string> sentences() {
  std::vector<std::string> all;
  for (const Oddity& each : oddities_of(odd_lines(), today, std::chrono::months(18)))
    all.push_back(each.sentence);
  all.emplace_back("No source bears it out.");  // no record that can be read is without
  return all;
}

TEST(OddityWords, EverythingOddIsSaidInOtherLanguages) {
  const html::Languages languages("en");
  std::set<std::string> german;
  for (const std::string& sentence : sentences()) {
    EXPECT_EQ(oddity_said(languages, languages.english(), sentence), sentence);
    const std::string said = oddity_said(languages, *languages.find("de"), sentence);
    EXPECT_NE(said, sentence);
    german.insert(said);
  }
  EXPECT_TRUE(german.contains("Gezeigt wird 0800 1, gewählt 08002."));
  EXPECT_TRUE(german.contains("Die Zeitzone Nowhere/Land ist hier nicht bekannt."));
  EXPECT_TRUE(german.contains("Ein anderer Eintrag hat dieselbe Kennung."));
}

TEST(OddityWords, WhatNoCatalogueHasStays) {
  const html::Languages languages("en");
  for (const std::string_view sentence : {"", ".", "It shows", "Something else.", "A [x] is a made-up"})
    EXPECT_EQ(oddity_said(languages, *languages.find("de"), sentence), sentence);
}

}  // namespace
}  // namespace keepsake::web

#include "web/helpline_form.h"

#include <gtest/gtest.h>

#include "helpline/hours_text.h"
#include "helpline/line_text.h"
#include "web/helpline_bodies.h"

namespace keepsake::web {
namespace {

const std::chrono::sys_days today = std::chrono::year(2026) / 11 / 24;

constexpr std::string_view whole =
    R"({"id":"nz-quiet","country":"NZ","regions":["Auckland"],)"
    R"("name":"The Quiet Line","topics":["bereavement"],"general":true,)"
    R"("who":"Parents","ages":[18,null],"channels":[)"
    R"({"kind":"call","number":"0800 QUIET","dial":"080078438","vanity":"0800 QUIET"},)"
    R"({"kind":"text","number":"4202","dial":"4202","keyword":"HOME"}],)"
    R"("hours":{"zone":"Pacific/Auckland","open":[{"days":"mo-fr","from":"09:00",)"
    R"("to":"17:00"}],"except":[{"date":"12-25","closed":true}],"holidays":"closed"},)"
    R"("cost":"free","languages":["en","mi"],"sources":[{"address":)"
    R"("https://quiet.example/","says":"2025-03","read":"2026-11-01","own":true,)"
    R"("copy":true,"quote":"0800 QUIET"}],"sure":"provider"})";

Line line() {
  auto read = parse_line(whole);
  EXPECT_FALSE(read.refused()) << read.refusal().field << ": " << read.refusal().sentence;
  return *std::move(read);
}

Input from(const Pairs& pairs) {
  return *input_from_pairs(pairs, helpline_fields);
}

TEST(HelplineForm, WhatNobodyTouchesStaysToTheLetter) {
  EXPECT_EQ(line_text(*typed_line(input_of(line()), line(), today)), line_text(line()));
}

TEST(HelplineForm, ASourceThatIsReadAgainIsOfToday) {
  Input typed = input_of(line());
  auto sources = *typed.objects("sources");
  sources[0].set("today", true);
  typed.set("sources", sources);
  const Line read = *typed_line(typed, line(), today);
  EXPECT_EQ(read.sources[0].read, "2026-11-24");
  EXPECT_EQ(read.sources[0].says, "");
  EXPECT_FALSE(read.sources[0].copy);
  EXPECT_TRUE(read.sources[0].own);
}

TEST(HelplineForm, RowsThatSayNothingAreNoneAndWhatIsDialledIsMadeOfTheNumber) {
  const Line read = *typed_line(from({{"name", " New "},
                                      {"channels.0.kind", "call"},
                                      {"channels.0.number", " "},
                                      {"channels.1.kind", "call"},
                                      {"channels.1.number", "+64 (9) 555-010"},
                                      {"channels.2.kind", "web"},
                                      {"channels.2.number", "quiet.example"},
                                      {"channels.3.kind", "mail"},
                                      {"channels.3.number", "a@quiet.example"},
                                      {"sources.0.address", ""},
                                      {"sources.1.address", "https://new.example/"},
                                      {"sure", "one"}}),
                                {}, today);
  EXPECT_EQ(read.name, "New");
  ASSERT_EQ(read.channels.size(), 3u);
  EXPECT_EQ(read.channels[0].dial, "+649555010");
  EXPECT_EQ(read.channels[1].dial, "https://quiet.example");
  EXPECT_EQ(read.channels[2].dial, "a@quiet.example");
  ASSERT_EQ(read.sources.size(), 1u);
  EXPECT_EQ(read.sources[0].read, "2026-11-24");
  EXPECT_FALSE(read.hours);
}

TEST(HelplineForm, NewHoursKeepTheDaysThatAreOtherwise) {
  Input typed = input_of(line());
  typed.set("hours", std::string("mo-su 08:00-20:00"));
  const Line read = *typed_line(typed, line(), today);
  EXPECT_EQ(hours_text(*read.hours), "mo-su 08:00-20:00");
  EXPECT_EQ(read.hours->others.size(), 1u);
  EXPECT_TRUE(read.hours->closed_on_holidays);
}

TEST(HelplineForm, RefusesWhatSaysNothing) {
  const auto field = [](std::string_view name, Input::Value value) {
    Input typed = input_of(line());
    typed.set(name, std::move(value));
    return typed_line(typed, line(), today).refusal().field;
  };
  EXPECT_EQ(field("hours", std::string("late")), "hours");
  EXPECT_EQ(field("zone", std::string("Nowhere")), "zone");
  EXPECT_EQ(field("sure", std::string("very")), "sure");
  EXPECT_EQ(field("topics", std::vector<std::string>{"weather"}), "topics");
  EXPECT_EQ(
      typed_line(from({{"channels.0.kind", "fax"}, {"channels.0.number", "1"}}), {}, today).refusal().field,
      "channels.0.kind");
}

}  // namespace
}  // namespace keepsake::web

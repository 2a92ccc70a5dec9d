#include "helpline/line_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "helpline/hours_text.h"

namespace keepsake {
namespace {

const std::string whole =
    R"({"id":"nz-quiet-line","country":"NZ","regions":["Otago"],"name":"The Quiet Line",)"
    R"("topics":["pregnancy-loss","bereavement"],"general":true,"who":"Parents","ages":[16,null],)"
    R"("channels":[{"kind":"call","number":"0800 000 000","dial":"0800000000","vanity":"0800 QUIET"},)"
    R"({"kind":"text","number":"4357","dial":"4357","keyword":"HELP","hours":"always"},)"
    R"({"kind":"web","number":"quiet.example","dial":"https://quiet.example/"}],)"
    R"("hours":{"zone":"Pacific/Auckland","open":[{"days":"mo-fr","from":"09:00","to":"17:00"},)"
    R"({"days":"sa","from":"22:00","to":"02:00"}],"except":[{"date":"12-25","closed":true},)"
    R"({"date":"2026-12-26","open":[{"from":"10:00","to":"24:00"}]}],"holidays":"closed"},)"
    R"("cost":"free","languages":["en","mi"],"sources":[{"address":"https://quiet.example/hours",)"
    R"("says":"2026-03","read":"2026-11-24","own":true,"copy":true,"quote":"Call 0800 000 000"}],)"
    R"("sure":"provider","differs":"An older list prints 0800 000 001."})";

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

std::string field_refused(const std::string& text) {
  const auto line = parse_line(text);
  return line.refused() ? line.refusal().field : "taken";
}

TEST(LineText, WhatIsWrittenIsWhatWasRead) {
  const auto line = parse_line(whole);
  ASSERT_TRUE(line) << line.refusal().field << ": " << line.refusal().sentence;
  EXPECT_EQ(line_text(*line), whole);
  EXPECT_EQ(line->name, "The Quiet Line");
  EXPECT_TRUE(line->topics.has(Topic::pregnancy_loss));
  EXPECT_EQ(line->age_from, 16);
  EXPECT_EQ(line->channels[0].address(), "tel:0800000000");
  EXPECT_EQ(line->channels[1].address(), "sms:4357?body=HELP");
  EXPECT_TRUE(line->hours_of(line->channels[1])->always);
  EXPECT_EQ(line->checked(), "2026-03");
}

TEST(LineText, RefusesWhatNoRecordMayHold) {
  EXPECT_EQ(field_refused("{}"), "id");
  EXPECT_EQ(field_refused("["), "");
  EXPECT_EQ(field_refused(std::string(20'000, 'x')), "");
  EXPECT_EQ(field_refused(with(whole, R"("cost":"free")", R"("price":"free")")), "");
  EXPECT_EQ(field_refused(with(whole, "nz-quiet-line", "au-quiet-line")), "id");
  EXPECT_EQ(field_refused(with(whole, "The Quiet Line", "The <b>Quiet</b> Line")), "name");
  EXPECT_EQ(field_refused(with(whole, "The Quiet Line", " The Quiet Line")), "name");
  EXPECT_EQ(field_refused(with(whole, "bereavement", "cheer")), "topics.1");
  EXPECT_EQ(field_refused(with(whole, R"("dial":"0800000000")", R"("dial":"0800 QUIET")")),
            "channels.0.dial");
  EXPECT_EQ(field_refused(with(whole, R"("dial":"0800000000")", R"("dial":"0800000000;ext=1")")),
            "channels.0.dial");
  EXPECT_EQ(field_refused(with(whole, "https://quiet.example/\"", "javascript:alert(1)\"")),
            "channels.2.dial");
  EXPECT_EQ(field_refused(with(whole, "\"keyword\":\"HELP\"", "\"keyword\":\"HELP&to=1\"")),
            "channels.1.keyword");
  EXPECT_EQ(field_refused(with(whole, "mo-fr", "mo-fri")), "hours.open.0.days");
  EXPECT_EQ(field_refused(with(whole, "17:00", "25:00")), "hours.open.0.to");
  EXPECT_EQ(field_refused(with(whole, "17:00", "09:00")), "hours.open.0.to");
  EXPECT_EQ(field_refused(with(whole, "12-25", "02-30")), "hours.except.0.date");
  EXPECT_EQ(field_refused(with(whole, R"("closed":true)", R"("closed":false)")), "hours.except.0");
  EXPECT_EQ(field_refused(with(whole, "https://quiet.example/hours", "quiet.example")), "sources.0.address");
  EXPECT_EQ(field_refused(with(whole, "2026-11-24", "24/11/2026")), "sources.0.read");
  EXPECT_EQ(field_refused(with(whole, "\"provider\"", "\"certain\"")), "sure");
}

TEST(LineText, WithoutASourceNoRecord) {
  const std::size_t from = whole.find("\"sources\":["), to = whole.find("],\"sure\"");
  std::string none = whole;
  none.replace(from, to - from, "\"sources\":[");
  EXPECT_EQ(field_refused(none), "sources");
}

}  // namespace
}  // namespace keepsake

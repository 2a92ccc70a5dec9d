#include "html/words.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "html/languages.h"

namespace keepsake::html {
namespace {

TEST(Words, AreSaidWithTheirPlacesFilled) {
  const Words words = Words::parse("en", "# a comment\n\nby = By {name}, {day}\nplain = A = B, isn't it\n");
  EXPECT_EQ(words.say("by", {{"day", "today"}, {"name", "{day}"}}), "By {day}, today");
  EXPECT_EQ(words.say("plain"), "A = B, isn't it");
  EXPECT_EQ(words.plain("plain"), "A = B, isn't it");
  EXPECT_EQ(words.id_of("A = B, isn't it"), "plain");
  EXPECT_EQ(words.id_of("By {name}"), std::nullopt);
}

TEST(Words, WhatDoesNotFitIsAFault) {
  const Words words = Words::parse("en", "by = By {name}\nof = {number, plural, one {one} other {#}}\n");
  EXPECT_THROW(words.say("unknown"), std::logic_error);
  EXPECT_THROW(words.say("by"), std::logic_error);
  EXPECT_THROW(words.say("by", {{"name", "x"}, {"other", "y"}}), std::logic_error);
  EXPECT_THROW(words.plain("by"), std::logic_error);
  EXPECT_THROW(words.say("of", {{"number", "three"}}), std::logic_error);
}

TEST(Words, AMalformedCatalogueIsRefused) {
  for (const char* file : {"no sign", "Upper = x", " = x", "a = {", "a = }", "a = }{", "a = 1\na = 2",
                           "a = \x01", "@called = X\n@other = 1", "a = 1\n@called = X"}) {
    EXPECT_THROW(Words::parse("en", file), std::runtime_error) << file;
  }
  for (const char* file : {"a = {}", "a = {b c}", "a = {b, plural, one {x}}"}) {
    EXPECT_THROW(Words::parse("en", file).places("a"), std::runtime_error) << file;
  }
  EXPECT_THROW(Words::load("xx"), std::runtime_error);
}

TEST(Words, KnowTheirDirection) {
  EXPECT_EQ(Words::parse("ar", "").direction(), "rtl");
  EXPECT_EQ(Words::parse("he-IL", "").direction(), "rtl");
  EXPECT_EQ(Words::parse("mi", "").direction(), "ltr");
}

TEST(Words, AHeadSaysWhoseTheyAre) {
  const Words made = Words::parse("de", "@called = Deutsch\n@machine_made = yes\n# words\na = b\n");
  EXPECT_EQ(made.head().called, "Deutsch");
  EXPECT_TRUE(made.head().machine_made);
  EXPECT_EQ(made.say("a"), "b");
  EXPECT_FALSE(Words::parse("de", "@called = Deutsch\na = b\n").head().machine_made);
  EXPECT_EQ(read_words_head("a = b\n").called, "");
}

TEST(Words, NumbersAreCountedAsTheLanguageDoes) {
  const std::string_view arabic =
      "photos = {number, plural, zero {لا صور} one {صورة واحدة} two {صورتان} few {# صور} many {# صورة} "
      "other {# صورة}}";
  const Words words = Words::parse("ar", arabic);
  const auto said = [&](std::int64_t number) { return words.say("photos", {{"number", number}}); };
  EXPECT_EQ(said(0), "لا صور");
  EXPECT_EQ(said(2), "صورتان");
  EXPECT_EQ(said(3), "٣ صور");
  EXPECT_EQ(said(11), "١١ صورة");
  const Words english = Words::parse("en", "photos = {number, plural, one {# photo} other {# photos}}");
  EXPECT_EQ(english.say("photos", {{"number", 1}}), "1 photo");
  EXPECT_EQ(english.say("photos", {{"number", 2'000}}), "2,000 photos");
}

// Unicode UAX 9: FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE.
TEST(Words, ANameOfTheOtherDirectionIsKeptApart) {
  const Words arabic = Words::parse("ar", "by = من {name}");
  EXPECT_EQ(arabic.say("by", {{"name", "Mere"}}), "من \u2068Mere\u2069");
  const Words english = Words::parse("en", "by = By {name}");
  EXPECT_EQ(english.say("by", {{"name", "Mere"}}), "By Mere");
  EXPECT_EQ(english.say("by", {{"name", "سلمى"}}), "By \u2068سلمى\u2069");
}

TEST(Customs, DaysAreWrittenAsTheLanguageDoes) {
  const Time time = from_micros(1'795'384'314'000'000);
  EXPECT_EQ(Customs("en").day(time), "22 November 2026");
  EXPECT_EQ(Customs("de").day(time), "22. November 2026");
  EXPECT_EQ(Customs("es").day(time), "22 de noviembre de 2026");
  EXPECT_EQ(Customs("fr").day(time), "22 novembre 2026");
  EXPECT_EQ(Customs("ar").day(time), "٢٢ نوفمبر ٢٠٢٦");
}

TEST(Customs, SizesAndNumbersAreWrittenAsTheLanguageDoes) {
  EXPECT_EQ(Customs("en").size(0), "0 byte");
  EXPECT_EQ(Customs("en").size(999), "999 byte");
  EXPECT_EQ(Customs("en").size(1'234), "1.2 kB");
  EXPECT_EQ(Customs("en").size(2'500'000'000), "2.5 GB");
  EXPECT_EQ(Customs("en").size(12'340'000), "12 MB");
  EXPECT_EQ(Customs("en").size(999'999'999), "1 GB");
  EXPECT_EQ(Customs("en").size(2'000'000'000'000'000), "2,000 TB");
  EXPECT_EQ(Customs("de").size(2'500'000'000), "2,5\u00a0GB");
  EXPECT_EQ(Customs("fr").size(2'500'000'000), "2,5\u202fGo");
  EXPECT_EQ(Customs("en").number(12'345), "12,345");
  EXPECT_EQ(Customs("de").number(12'345), "12.345");
}

TEST(Customs, DaysAreShortInNarrowPlaces) {
  const Time time = from_micros(1'795'384'314'000'000);
  EXPECT_EQ(Customs("en").short_day(time), "22 Nov");
  EXPECT_EQ(Customs("de").short_day(time), "22. Nov.");
  EXPECT_EQ(Customs("ar").short_day(time), "٢٢ نوفمبر");
}

TEST(Customs, ListsAreWrittenAsTheLanguageDoes) {
  EXPECT_EQ(Customs("en").list({}), "");
  EXPECT_EQ(Customs("en").list({"Mere"}), "Mere");
  EXPECT_EQ(Customs("en").list({"Mere", "Tāne", "Us"}), "Mere, Tāne and Us");
  EXPECT_EQ(Customs("de").list({"Mere", "Tāne"}), "Mere und Tāne");
  EXPECT_EQ(Customs("ar").list({"سلمى", "نور"}), "سلمى ونور");
}

TEST(Customs, NamesStandInTheirLanguagesOrder) {
  EXPECT_TRUE(Customs("de").before("Ärger", "Bruder"));
  EXPECT_TRUE(Customs("en").before("mere", "Tāne"));
  EXPECT_TRUE(Customs("es").before("nz", "ñandú"));
  EXPECT_FALSE(Customs("en").before("Mere", "Mere"));
}

TEST(Languages, SpeakTheirOwnNamesAndOneStandard) {
  const Languages languages("de");
  EXPECT_EQ(languages.standard().language(), "de");
  EXPECT_EQ(languages.english().language(), "en");
  EXPECT_EQ(languages.called("fr"), "Français");
  EXPECT_EQ(languages.called("xx"), "");
  EXPECT_EQ(languages.find("xx"), nullptr);
  EXPECT_EQ(languages.find("recovery_english"), nullptr);
  EXPECT_THROW(Languages("mi"), std::runtime_error);
}

// What tools/check words says too, here by ICU itself: every text can be read, and has the places of English.
TEST(Languages, EveryCatalogueSaysAllThatEnglishSays) {
  const Languages languages("en");
  const Words& english = languages.english();
  for (const std::string_view tag : languages.tags()) {
    const Words& words = *languages.find(tag);
    EXPECT_FALSE(words.head().called.empty()) << tag;
    EXPECT_EQ(words.ids(), english.ids()) << tag;
    for (const std::string_view id : english.ids())
      EXPECT_EQ(words.places(id), english.places(id)) << tag << " " << id;
  }
}

// ICU parts the hour from "pm" by one of several spaces, by its version.
std::string plain(std::string text) {
  for (const std::string_view space : {"\u202f", "\u00a0"})
    for (std::size_t at = text.find(space); at != text.npos; at = text.find(space))
      text.replace(at, space.size(), " ");
  return text;
}

TEST(Customs, TimesOfDay) {
  const Customs english("en"), german("de");
  EXPECT_EQ(plain(english.clock(23 * 60)), "11 pm");
  EXPECT_EQ(plain(english.clock(9 * 60 + 30)), "9:30 am");
  EXPECT_EQ(plain(english.clock(0)), "12 am");
  EXPECT_EQ(german.clock(23 * 60), "23:00");
  EXPECT_EQ(german.clock(9 * 60 + 30), "09:30");
}

TEST(Customs, DaysOfTheWeek) {
  EXPECT_EQ(Customs("en").weekday(0), "Monday");
  EXPECT_EQ(Customs("en").weekday(6), "Sunday");
  EXPECT_EQ(Customs("de").weekday(2), "Mittwoch");
}

TEST(Customs, CountriesAndCities) {
  EXPECT_EQ(Customs("en").country("NZ"), "New Zealand");
  EXPECT_EQ(Customs("de").country("NZ"), "Neuseeland");
  EXPECT_EQ(Customs("en").city("Australia/Perth"), "Perth");
  EXPECT_EQ(Customs("de").city("Europe/Vienna"), "Wien");
}

}  // namespace
}  // namespace keepsake::html

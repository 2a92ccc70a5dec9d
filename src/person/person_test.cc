#include "person/person.h"

#include <gtest/gtest.h>

#include <string>

namespace keepsake {
namespace {

using namespace std::string_literals;

bool taken(std::string_view name) {
  return !new_name(name).refused();
}
bool shown(std::string_view name) {
  return !new_display_name(name).refused();
}

TEST(PersonName, IsPlainLowerCase) {
  EXPECT_EQ(*new_name("ana"), "ana");
  EXPECT_EQ(*new_name(" @Ana_2-b\n"), "ana_2-b");
  EXPECT_TRUE(taken("ab"));
  EXPECT_TRUE(taken("a" + std::string(31, '9')));
  EXPECT_FALSE(taken("a"));
  EXPECT_FALSE(taken("a" + std::string(32, '9')));
  EXPECT_FALSE(taken(""));
  EXPECT_FALSE(taken("@"));
  EXPECT_FALSE(taken("2ana"));
  EXPECT_FALSE(taken("-ana"));
  EXPECT_FALSE(taken("ana maria"));
  EXPECT_FALSE(taken("ana/../root"));
  EXPECT_FALSE(taken("ana.b"));
}

TEST(PersonName, RefusesWhatOnlyLooksLikeIt) {
  EXPECT_FALSE(taken("\xd0\xb0na"));      // Cyrillic a
  EXPECT_FALSE(taken("an\xef\xbd\x81"));  // full-width a
  EXPECT_FALSE(taken("ana\0x"s));
  EXPECT_FALSE(taken("ana\xff"));
  EXPECT_FALSE(taken("ana\xe2\x80\x8b"));  // zero width space
}

TEST(PersonName, KeepsBackWordsThatSpeakForTheInstance) {
  EXPECT_FALSE(taken("host"));
  EXPECT_FALSE(taken("Admin"));
  EXPECT_FALSE(taken("@help"));
  EXPECT_EQ(new_name("host").refusal().field, "name");
}

TEST(DisplayName, TakesAnyScript) {
  EXPECT_EQ(*new_display_name("  Ana Mar\xc3\xad"
                              "a  "),
            "Ana Mar\xc3\xad"
            "a");
  EXPECT_TRUE(shown("محمد"));
  EXPECT_TRUE(shown("花子"));
  EXPECT_TRUE(shown("Kāterina 🌱"));
  EXPECT_TRUE(shown("नमिता"));
  EXPECT_TRUE(shown("می\u200cخواهم"));  // a zero width non-joiner, as Persian is written
}

TEST(DisplayName, IsAtMostEightyCodePoints) {
  std::string longest;
  for (int i = 0; i < 80; ++i) longest += "花";
  EXPECT_TRUE(shown(longest));
  EXPECT_FALSE(shown(longest + "花"));
  EXPECT_FALSE(shown(std::string(1'000'000, 'x')));
}

TEST(DisplayName, RefusesWhatDisturbsOrHides) {
  EXPECT_FALSE(shown(""));
  EXPECT_FALSE(shown(" \t "));
  EXPECT_FALSE(shown("\u200b\u200d\ufeff"));
  EXPECT_FALSE(shown("\u3164"));          // Hangul filler
  EXPECT_FALSE(shown("\u2800"));          // empty Braille pattern
  EXPECT_FALSE(shown("Ana\u202egnorw"));  // right-to-left override
  EXPECT_FALSE(shown("Ana\u2066x\u2069"));
  EXPECT_FALSE(shown("Ana\u200e"));
  EXPECT_FALSE(shown("Ana\nMaria"));
  EXPECT_FALSE(shown("Ana\u2028Maria"));
  EXPECT_FALSE(shown("Ana\0Maria"s));
  EXPECT_FALSE(shown("Ana\u0085"));
  EXPECT_FALSE(shown("Ana\U000e0041"));  // a tag character
  EXPECT_FALSE(shown("Ana\xff"));
  EXPECT_FALSE(shown("Ana\xed\xa0\x80"));  // a surrogate
}

}  // namespace
}  // namespace keepsake

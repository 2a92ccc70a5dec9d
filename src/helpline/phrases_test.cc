#include "helpline/phrases.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/text.h"

namespace keepsake {
namespace {

constexpr WordList lists[] = {
    {"en", false_friend, "lost my keys"},
    {"en", 1, "lost my .. dog, winter*, first|second snow"},
    {"en", 2, "keys"},
    {"de", 1, "straße, größ*"},
    {"fr", 1, "l été, cœur"},
    {"ar", 1, "حزن, قلق"},
};

// What was found, as "1:lost my old dog".
std::vector<std::string> found(std::string_view text, std::string_view language = "en") {
  static const PhraseBook book(lists);
  std::vector<std::string> all;
  const TextWords words(text);
  book.of(language)->find(words, [&](const FoundPhrase& found) {
    const auto& last = words[found.last];
    const std::size_t from = words[found.first].offset;
    all.push_back(std::to_string(found.what) + ":" +
                  std::string(text.substr(from, last.offset + last.length - from)));
  });
  return all;
}

using Found = std::vector<std::string>;

TEST(Phrases, AreFoundWhateverTheCaseAndTheSigns) {
  EXPECT_EQ(found("We LOST my dog."), Found{"1:LOST my dog"});
  EXPECT_EQ(found("first *snow*, second\nsnow"), (Found{"1:first *snow", "1:second\nsnow"}));
  EXPECT_EQ(found("Strasse, STRASSE, Straße", "de"), (Found{"1:Strasse", "1:STRASSE", "1:Straße"}));
  EXPECT_EQ(found("L’ete. L'ÉTÉ", "fr"), (Found{"1:L’ete", "1:L'ÉTÉ"}));
}

TEST(Phrases, AWordIsWholeUnlessTheListSaysThatItGoesOn) {
  EXPECT_EQ(found("winters wintry"), Found{"1:winters"});
  EXPECT_EQ(found("firsts snow, first snowing, afirst snow"), Found{});
  EXPECT_EQ(found("Die Größte", "de"), Found{"1:Größte"});
}

TEST(Phrases, UpToThreeWordsStandBetween) {
  EXPECT_EQ(found("lost my very old grey dog"), Found{"1:lost my very old grey dog"});
  EXPECT_EQ(found("lost my very old and grey dog"), Found{});
}

TEST(Phrases, StandWithinOneSentence) {
  EXPECT_EQ(found("I lost my way. Dog days"), Found{});
  EXPECT_EQ(found("first\n\nsnow"), Found{});
  EXPECT_EQ(found("first\nsnow"), Found{"1:first\nsnow"});
}

TEST(Phrases, AFalseFriendHidesWhatStandsInIt) {
  EXPECT_EQ(found("I lost my keys"), Found{});
  EXPECT_EQ(found("I lost my keys, then my keys"), Found{"2:keys"});
}

TEST(Phrases, ArabicIsReadWithoutSignsAndWithWhatIsWrittenTogether) {
  for (const char* text : {"حزن", "حُزْن", "والحزن", "بالحزن", "للحزن", "حـزن"})
    EXPECT_EQ(found(text, "ar"), Found{"1:" + std::string(text)});
  EXPECT_EQ(found("محزن", "ar"), Found{});
}

TEST(Phrases, ALanguageIsTheFirstPartOfItsTag) {
  const PhraseBook book(lists);
  EXPECT_NE(book.of("de-AT"), nullptr);
  EXPECT_NE(book.of("DE"), nullptr);
  EXPECT_EQ(book.of("d"), nullptr);
  EXPECT_EQ(book.of("mi"), nullptr);
  EXPECT_EQ(book.of(""), nullptr);
}

TEST(Phrases, AnyBytesAreRead) {
  EXPECT_EQ(found("\xff winter \xc3"), Found{"1:winter"});
  EXPECT_EQ(found(std::string("winter\0first snow", 17)), (Found{"1:winter", "1:first snow"}));
  EXPECT_EQ(found(std::string(3000, 'w') + " winter"), Found{"1:winter"});
  std::string marks = "e";
  for (int i = 0; i < 100'000; ++i) marks += i % 2 ? "\u0301" : "\u0323";
  EXPECT_EQ(found(marks + " winter"), Found{"1:winter"});
}

TEST(Phrases, WordsStandWhereTheyAreInTheText) {
  const std::string text = "Ä und «ö»: حزن";
  const TextWords words(text);
  ASSERT_EQ(words.size(), 4u);
  for (std::size_t i = 0; i < words.size(); ++i)
    EXPECT_TRUE(is_utf8(text.substr(words[i].offset, words[i].length)));
  EXPECT_EQ(words.form(0, 0), "a");
}

}  // namespace
}  // namespace keepsake

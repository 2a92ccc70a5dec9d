#include "helpline/safe_words.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace keepsake {
namespace {

// As "method:hanged himself".
std::vector<std::string> found(std::string_view text, std::string_view language = "en") {
  std::vector<std::string> all;
  for (const Passage& passage : passages_to_reconsider(text, language))
    all.push_back(std::string(word_of(passage.kind)) + ":" +
                  std::string(text.substr(passage.offset, passage.length)));
  return all;
}

using Found = std::vector<std::string>;

TEST(SafeWords, WordsThatJudgeAreNamedInEveryLanguage) {
  EXPECT_EQ(found("In May he committed suicide."), Found{"wording:committed suicide"});
  EXPECT_EQ(found("It was a failed suicide attempt."), Found{"wording:failed suicide"});
  EXPECT_EQ(found("Er hat im Mai Selbstmord begangen.", "de"), Found{"wording:Selbstmord begangen"});
  EXPECT_EQ(found("En mayo cometió suicidio.", "es"), Found{"wording:cometió suicidio"});
  EXPECT_EQ(found("Elle a commis un suicide.", "fr"), Found{"wording:commis un suicide"});
  EXPECT_EQ(found("يقولون إنه ارتكب الانتحار", "ar"), Found{"wording:ارتكب الانتحار"});
}

TEST(SafeWords, AMethodIsNamedWhereTheTextIsAboutSuicide) {
  EXPECT_EQ(found("He hanged himself."), Found{"method:hanged himself"});
  EXPECT_EQ(found("It was suicide. There was an overdose."), Found{"method:overdose"});
  EXPECT_EQ(found("Sie hat sich das Leben genommen, mit Tabletten.", "de"), Found{"method:Tabletten"});
  EXPECT_EQ(found("Se suicidó con pastillas.", "es"), Found{"method:pastillas"});
  EXPECT_EQ(found("Il s’est pendu.", "fr"), Found{"method:s’est pendu"});
  EXPECT_EQ(found("أنهى حياته بجرعة زائدة", "ar"), Found{"method:بجرعة زائدة"});
}

TEST(SafeWords, APlaceIsNamedBesideIt) {
  EXPECT_EQ(found("She died by suicide. It was at the bridge."), Found{"place:bridge"});
  EXPECT_EQ(found("Ihr Suizid. Am Bahnhof.", "de"), Found{"place:Bahnhof"});
}

TEST(SafeWords, ATextAboutSomethingElseIsLeftAlone) {
  for (const char* text :
       {"She took her pills and the tablets helped.", "An overdose of insulin on the ward.",
        "We jumped from the bridge into the river.", "A failed attempt at bread.", "",
        "We watched Suicide Squad by the railway and were killing ourselves laughing."})
    EXPECT_EQ(found(text), Found{}) << text;
  EXPECT_EQ(found("Zwei Tabletten am Morgen, dann in den Wald.", "de"), Found{});
}

TEST(SafeWords, FarFromItAThingIsAThing) {
  const std::string text =
      "My brother died by suicide. He was nineteen. That summer we had built a bridge. The rope held.";
  EXPECT_EQ(found(text), Found{});
}

TEST(SafeWords, SpeakingOfItWithCareIsFine) {
  for (const char* text : {"My brother died by suicide, and I miss him.", "She took her own life in May."})
    EXPECT_EQ(found(text), Found{}) << text;
  EXPECT_EQ(found("Mein Bruder starb durch Suizid.", "de"), Found{});
}

TEST(SafeWords, OfTwoThatOverlapTheLongerStands) {
  EXPECT_EQ(found("He jumped from the bridge. It was suicide."),
            (Found{"method:jumped from", "place:bridge"}));
  EXPECT_EQ(found("A failed suicide attempt by overdose"),
            (Found{"wording:failed suicide", "method:overdose"}));
}

TEST(SafeWords, AreFewInOrderAndWholeCharacters) {
  std::string text = "Suicide. ";
  for (int i = 0; i < 200; ++i) text += "“Overdosé”, naïvely; ";
  const auto passages = passages_to_reconsider(text, "en");
  ASSERT_EQ(passages.size(), most_passages);
  std::size_t end = 0;
  for (const Passage& passage : passages) {
    EXPECT_GE(passage.offset, end);
    end = passage.offset + passage.length;
    EXPECT_TRUE(is_utf8(text.substr(passage.offset, passage.length)));
  }
}

TEST(SafeWords, OtherLanguagesAndOtherBytesAreNothing) {
  EXPECT_EQ(found("committed suicide", "mi"), Found{});
  EXPECT_EQ(found("\xff\xfe committed\xff suicide"), Found{"wording:committed\xff suicide"});
}

}  // namespace
}  // namespace keepsake

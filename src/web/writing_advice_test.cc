#include "web/writing_advice.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "base/text.h"

namespace keepsake::web {
namespace {

Input form(const std::string& title, const std::string& body, std::vector<std::string> topics = {}) {
  Input typed;
  typed.set("title", title);
  typed.set("lang", "en-NZ");
  typed.set("body", body);
  typed.set("topics", std::move(topics));
  return typed;
}

TEST(WritingAdviceTest, SuggestsFromTitleAndWordsWhatIsNotChosenYet) {
  const Input typed = form("The year my father died", "I was fifteen. The depression came later.");
  EXPECT_EQ(advice_on(typed).suggested, Topics(Topic::bereavement) | Topics(Topic::depression));
  const Input chosen = form("The year my father died", "The depression came later.", {"bereavement"});
  EXPECT_EQ(advice_on(chosen).suggested, Topics(Topic::depression));
  EXPECT_TRUE(advice_on(Input()).suggested.empty());
}

TEST(WritingAdviceTest, QuotesAPassageWithTheWordsAroundIt) {
  const auto advice = advice_on(
      form("After", "Before it.\nThey say Tāne committed suicide in May, and nobody asked why.\nAfter it."));
  ASSERT_EQ(advice.passages.size(), 1u);
  EXPECT_EQ(advice.passages[0].text, "committed suicide");
  EXPECT_EQ(advice.passages[0].before, "They say Tāne ");
  EXPECT_EQ(advice.passages[0].after, " in May, and nobody asked why.");
  EXPECT_EQ(advice_on(form("", "Committed suicide")).passages.at(0).text, "Committed suicide");
}

TEST(WritingAdviceTest, AQuoteIsShortWhateverStandsAround) {
  std::string letters;
  for (int i = 0; i < 100; ++i) letters += "ā";
  const std::string text = letters + " committed suicide " + letters;
  EXPECT_EQ(advice_on(form("", text)).passages.at(0).before, "");
  EXPECT_EQ(advice_on(form("", text)).passages.at(0).after, "");
  std::string words;
  for (int i = 0; i < 40; ++i) words += "they committed suicide ā ";
  const auto advice = advice_on(form("", words));
  EXPECT_EQ(advice.passages.size(), 10u);
  for (const auto& quoted : advice.passages) {
    for (const std::string& part : {quoted.before, quoted.after}) {
      EXPECT_LT(part.size(), 50u);
      EXPECT_TRUE(is_utf8(part));
    }
  }
}

TEST(WritingAdviceTest, ProgramsGetTheSame) {
  EXPECT_EQ(boost::json::serialize(json_of(advice_on(form("", "They committed suicide.")))),
            R"({"suggested":["suicide"],"passages":[{"kind":"wording","text":"committed suicide"}]})");
}

}  // namespace
}  // namespace keepsake::web

#include "web/typed_story.h"

#include <gtest/gtest.h>

#include "web/bodies.h"

namespace keepsake::web {
namespace {

const char* const a = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
const char* const b = "baaaaaaaaaaaaaaaaaaaaaaaaa";
const char* const c = "caaaaaaaaaaaaaaaaaaaaaaaaa";

// The order that photos a, b and c come into where these numbers are typed ("" for none).
std::string order(const std::vector<std::string>& numbers) {
  Pairs pairs;
  const char* const ids[] = {a, b, c};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    pairs.emplace_back("photos." + std::to_string(i) + ".id", ids[i]);
    pairs.emplace_back("photos." + std::to_string(i) + ".place", numbers[i]);
  }
  const auto typed = input_from_pairs(pairs, story_fields);
  const StoryChange change = change_of(*typed, {}, nullptr);
  std::string order;
  for (const auto& photo : *change.photos) order += photo.id[0];
  return order;
}

TEST(TypedStoryTest, PhotosStandAsTheirNumbersSay) {
  EXPECT_EQ(order({"", "", ""}), "abc");
  EXPECT_EQ(order({"1", "2", "3"}), "abc");
  EXPECT_EQ(order({"3", "2", "1"}), "cba");
  EXPECT_EQ(order({"1", "2", "1"}), "cab");  // the third wants to be the first
  EXPECT_EQ(order({"3", "2", "3"}), "bca");  // the first wants to be the third
  EXPECT_EQ(order({"2", "2", "3"}), "bac");
  EXPECT_EQ(order({"9", "2", "-4"}), "cba");
}

TEST(TypedStoryTest, ACopyComesBackAsItWasTyped) {
  const auto typed = input_from_json(
      R"({"title":"T","body":"line\n\"quoted\" \\ 😢","notes":["hospital"],"photos":[{"id":"x","alt":"é","leave_out":true}],
          "audience":["circle:x"],"named":"gran","version":7,"state":"published","person":"mara"})",
      story_fields);
  ASSERT_FALSE(typed.refused());
  const auto back = input_of(WorkingCopy{copy_text(*typed), 1, {}});
  ASSERT_TRUE(back);
  EXPECT_EQ(back->text_or_empty("body"), "line\n\"quoted\" \\ 😢");
  EXPECT_EQ(back->texts("notes"), std::vector<std::string>{"hospital"});
  EXPECT_EQ(back->objects("photos")->at(0).text_or_empty("alt"), "é");
  EXPECT_EQ(back->text_or_empty("named"), "gran");
  for (const char* name : {"version", "state", "person"}) EXPECT_FALSE(back->has(name)) << name;
}

TEST(TypedStoryTest, ACopyThatCannotBeReadIsNothingAndTheStoryStands) {
  Story story;
  story.title = "As it is";
  story.version = 4;
  for (const char* broken : {"", "{", R"({"unknown":1})"}) {
    const Input form = form_of(story, {}, WorkingCopy{broken, 9, {}});
    EXPECT_EQ(form.text_or_empty("title"), "As it is");
    EXPECT_EQ(form.number("version"), 4);
  }
  const Input form = form_of(story, {}, WorkingCopy{R"({"title":"Typed"})", 9, {}});
  EXPECT_EQ(form.text_or_empty("title"), "Typed");
  EXPECT_EQ(form.number("version"), 9);
}

TEST(TypedStoryTest, WhereHelpIsShownStandsInTheFormAndInWhatIsKeptOfIt) {
  Story story;
  story.topics = {"bereavement"};
  story.help_at_gate = true;
  EXPECT_EQ(form_of(story, {}, {}).texts("topics"), story.topics);
  EXPECT_EQ(form_of(story, {}, {}).boolean("help_at_gate"), true);
  const Input kept = form_of(story, {}, WorkingCopy{R"({"topics":["illness"],"help_at_gate":false})", 2, {}});
  const StoryChange change = change_of(kept, {}, &story);
  EXPECT_EQ(change.topics, std::vector<std::string>{"illness"});
  EXPECT_EQ(change.help_at_gate, false);
}

TEST(TypedStoryTest, ACopyOfAnEarlierVersionLeavesHelpAsItIs) {
  Story story;
  story.topics = {"bereavement"};
  story.help_at_gate = true;
  const Input form = form_of(story, {}, WorkingCopy{R"({"title":"Typed"})", 2, {}});
  EXPECT_EQ(form.texts("topics"), story.topics);
  EXPECT_EQ(form.boolean("help_at_gate"), true);
}

TEST(TypedStoryTest, AnAudienceIsWhatIsTickedAndWhoIsNamed) {
  const auto typed = input_from_json(R"({"audience":["public"],"named":" @Gran, tama "})", story_fields);
  EXPECT_EQ(audience_words(*typed), (std::vector<std::string>{"public", "person:gran", "person:tama"}));
}

}  // namespace
}  // namespace keepsake::web

#include "web/input.h"

#include <gtest/gtest.h>

namespace keepsake::web {
namespace {

constexpr Field photo_fields[] = {{"id", FieldType::text, true}, {"caption"}};
constexpr Field fields[] = {{"title"},
                            {"notes", FieldType::texts},
                            {"photos", FieldType::objects, false, {}, photo_fields},
                            {"version", FieldType::number},
                            {"for_good", FieldType::boolean}};

TEST(Input, IsTheSameTreeFromJsonAndFromAForm) {
  const auto json = input_from_json(
      R"({"title":"Anna","notes":["hospital","loss"],"photos":[{"id":"x","caption":"the window"}],"version":3})",
      fields);
  const auto form = input_from_pairs({{"title", "Anna"},
                                      {"notes", "hospital"},
                                      {"notes", "loss"},
                                      {"photos.0.id", "x"},
                                      {"photos.0.caption", "the window"},
                                      {"version", "3"}},
                                     fields);
  for (const auto& input : {*json, *form}) {
    EXPECT_EQ(input.text("title"), "Anna");
    EXPECT_EQ(input.texts("notes"), (std::vector<std::string>{"hospital", "loss"}));
    ASSERT_EQ(input.objects("photos")->size(), 1u);
    EXPECT_EQ(input.objects("photos")->at(0).text("caption"), "the window");
    EXPECT_EQ(input.number("version"), 3);
  }
}

TEST(Input, RefusesAScalarThatComesTwice) {
  EXPECT_EQ(input_from_pairs({{"title", "a"}, {"title", "b"}}, fields).refusal().kind, Refused::malformed);
  EXPECT_EQ(input_from_json(R"({"title":"a","title":"b"})", fields).refusal().kind, Refused::malformed);
  EXPECT_EQ(input_from_json(R"({"photos":[{"id":"a","i\u0064":"b"}]})", fields).refusal().kind,
            Refused::malformed);
}

TEST(Input, RefusesWhatIsBrokenWithTheNameOfTheField) {
  EXPECT_EQ(input_from_json("{\"title\":\"\xff\"}", fields).refusal().kind, Refused::malformed);
  EXPECT_EQ(input_from_json(R"({"title":"a\u0000b"})", fields).refusal().field, "title");
  EXPECT_EQ(input_from_json(R"({"photos":[{"caption":1}]})", fields).refusal().field, "photos.0.caption");
  EXPECT_EQ(input_from_json(R"({"secret":1})", fields).refusal().field, "secret");
  EXPECT_EQ(input_from_pairs({{"version", "3x"}}, fields).refusal().field, "version");
  EXPECT_EQ(input_from_pairs({{"photos.5000.id", "x"}}, fields).refusal().field, "photos.5000.id");
  EXPECT_EQ(input_from_pairs({{"photos.0.colour", "x"}}, fields).refusal().field, "photos.0.colour");
  EXPECT_EQ(input_from_json(std::string(100'000, '['), fields).refusal().kind, Refused::malformed);
  EXPECT_EQ(input_from_json("[]", fields).refusal().kind, Refused::malformed);
}

TEST(Input, GivesBackWhatCouldBeReadOfAFormThatIsRefused) {
  std::optional<Input> typed;
  const auto refused = input_from_pairs({{"title", "The\v week\xff \u00e9"},
                                         {"photos.0.caption", "a"},
                                         {"photos.0.caption", "b"},
                                         {"notes", "loss"}},
                                        fields, &typed);
  EXPECT_EQ(refused.refusal().field, "title");
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->text("title"), "The week \u00e9");
  EXPECT_EQ(typed->objects("photos")->at(0).text("caption"), "a");
  EXPECT_EQ(typed->texts("notes"), (std::vector<std::string>{"loss"}));
}

TEST(Input, TurnsABrowsersLineEndsIntoPlainOnes) {
  EXPECT_EQ(input_from_pairs({{"title", "a\r\nb\rc"}}, fields)->text("title"), "a\nb\nc");
}

}  // namespace
}  // namespace keepsake::web

#include "web/look_form.h"

#include <gtest/gtest.h>

namespace keepsake::web {
namespace {

Input typed(std::initializer_list<std::pair<std::string_view, Input::Value>> fields) {
  Input input;
  for (const auto& [name, value] : fields) input.set(name, value);
  return input;
}

TEST(LookForm, SaysALookAndReadsItBack) {
  const Look look{3, -2.5, {0.1, 0.0825, 0.5, 0.9}, true};
  const Input said = input_of(look);
  EXPECT_EQ(said.text("straighten"), "-2.5");
  EXPECT_EQ(said.text("left"), "10");
  EXPECT_EQ(said.text("top"), "8.25");
  EXPECT_EQ(said.text("right"), "40");
  EXPECT_EQ(said.text("bottom"), "1.75");
  const auto read = typed_look(said, {});
  ASSERT_FALSE(read.refused());
  EXPECT_EQ(json_of(*read), json_of(look));
  EXPECT_EQ(json_of(*typed_look({}, look)), json_of(look)) << "what is not named stays";
}

TEST(LookForm, TurnsThePartThatIsShown) {
  const Look left_half{0, 0, {0, 0, 0.5, 1}, false};
  const auto right = typed_look(typed({{"turn", std::string("right")}}), left_half);
  EXPECT_EQ(json_of(*right), json_of(Look{1, 0, {0, 0, 1, 0.5}, false})) << "it is the upper half now";
  EXPECT_EQ(json_of(*typed_look(typed({{"turn", std::string("left")}}), *right)), json_of(left_half));
}

TEST(LookForm, TakesEverySideItSaidAgain) {
  for (int left = 0; left < 10; ++left) {
    const double begin = left / 10.0;
    const Look look{0, 0, {begin, begin, 1 - begin, 1 - begin}, false};
    EXPECT_FALSE(typed_look({}, look).refused()) << begin;
    EXPECT_FALSE(typed_look(input_of(look), {}).refused()) << begin;
    EXPECT_FALSE(typed_look(input_of(turned_left(look)), {}).refused()) << begin;
  }
}

TEST(LookForm, RefusesWhatIsNoNumberAtItsField) {
  for (const auto* text : {"a", "1,5", "nan", "inf", "1e400", "--1", "0x10", "2.5 degrees"}) {
    for (const std::string_view field : {"straighten", "left", "top", "right", "bottom"}) {
      const auto refused = typed_look(typed({{field, std::string(text)}}), {});
      ASSERT_TRUE(refused.refused()) << text;
      EXPECT_EQ(refused.refusal().field, field);
    }
  }
  EXPECT_EQ(typed_look(typed({{"quarter_turns", std::int64_t{4}}}), {}).refusal().field, "quarter_turns");
  EXPECT_EQ(typed_look(typed({{"turn", std::string("over")}}), {}).refusal().field, "turn");
  EXPECT_EQ(typed_look(typed({{"left", std::string("-1")}}), {}).refusal().field, "left");
}

}  // namespace
}  // namespace keepsake::web

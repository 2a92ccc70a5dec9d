#include "audience/audience_words.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

class AudienceWordsTest : public support::AudienceTest {
 protected:
  Result<Key> parse(PersonId author, const std::string& text, std::optional<ItemId> item = {}) {
    return read([&](db::Reader& reader) { return AudienceWords::parse(reader, author, item, text); });
  }
  std::optional<std::string> say(Key key) {
    return read([&](db::Reader& reader) { return AudienceWords::say(reader, key); });
  }
};

TEST_P(AudienceWordsTest, say_what_they_parse) {
  const auto item = story(ada, {});
  const auto circle = "circle:" + audience.circles.create(ada, "Family", {})->text();
  const auto link = "link:" + audience.links.create(ada, item, {.name = "Grandma"})->id.text();
  for (const auto& text :
       std::vector<std::string>{"public", "door", "members", "followers", "person:ben", circle, link})
    EXPECT_EQ(say(*parse(ada, text, item)), text);
  EXPECT_EQ(*parse(ada, "followers"), Key::followers(ada));
  EXPECT_EQ(*parse(ada, "person:@Ben"), Key::person(ben));
}

TEST_P(AudienceWordsTest, refuse_what_is_not_the_authors_to_grant) {
  const auto item = story(ada, {}), other = story(ada, {});
  const auto circle = "circle:" + audience.circles.create(ben, "His", {"ada"})->text();
  const auto link = "link:" + audience.links.create(ada, item, {.name = "Grandma"})->id.text();
  EXPECT_EQ(parse(ada, circle).refusal().sentence,
            parse(ada, "circle:" + PublicId::random().text()).refusal().sentence);
  EXPECT_TRUE(parse(ada, link, other).refused());
  EXPECT_TRUE(parse(ada, link).refused());
  for (const auto& text :
       std::vector<std::string>{"", "Public", "person:", "person:ada", "person:nobody-here",
                                "circle:", "circle:1", "link:x", "everyone", "public:1", ":"})
    EXPECT_EQ(parse(ada, text, item).refusal().field, "audience") << text;
}

TEST_P(AudienceWordsTest, come_as_a_list_without_doubles_and_with_a_bound) {
  const auto parse_all = [&](const std::vector<std::string>& texts) {
    return read([&](db::Reader& reader) { return AudienceWords::parse_all(reader, ada, {}, texts); });
  };
  EXPECT_EQ(*parse_all({"person:ben", "public", "person:@ben"}),
            (std::vector{Key::everyone(), Key::person(ben)}));
  EXPECT_TRUE(parse_all({"public", "nonsense"}).refused());
  EXPECT_TRUE(parse_all(std::vector<std::string>(201, "public")).refused());
}

TEST_P(AudienceWordsTest, say_nothing_for_what_is_no_more) {
  EXPECT_FALSE(say(Key::circle({999})));
  EXPECT_FALSE(say(Key::person({999})));
  EXPECT_FALSE(say(Key::link({999})));
}

KEEPSAKE_ON_BOTH_ENGINES(AudienceWordsTest);

}  // namespace
}  // namespace keepsake

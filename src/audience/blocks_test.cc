#include "audience/blocks.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

class BlocksTest : public support::AudienceTest {
 protected:
  Blocks& blocks = audience.blocks;
};

TEST_P(BlocksTest, keeps_two_apart_in_both_directions_with_the_next_request) {
  const auto by_ada = story(ada, {{Key::everyone()}});
  const auto by_ben = story(ben, {{Key::everyone()}});
  EXPECT_EQ(sees(as(ben), by_ada), Outcome::open);
  ASSERT_FALSE(blocks.block(ada, "ben").refused());
  EXPECT_EQ(sees(as(ben), by_ada), Outcome::hidden);
  EXPECT_EQ(sees(as(ada), by_ben), Outcome::hidden);
  EXPECT_EQ(sees(as(cleo), by_ada), Outcome::open);
  ASSERT_FALSE(blocks.unblock(ada, "ben").refused());
  EXPECT_EQ(sees(as(ben), by_ada), Outcome::open);
}

TEST_P(BlocksTest, is_listed_for_who_set_it_alone) {
  ASSERT_FALSE(blocks.block(ada, "ben").refused());
  clock.advance(std::chrono::seconds(1));
  ASSERT_FALSE(blocks.block(ada, "@Cleo").refused());
  ASSERT_FALSE(blocks.block(ada, "cleo").refused());
  const auto list = blocks.of(ada);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].name, "cleo");
  EXPECT_EQ(list[1].display_name, "Display ben");
  EXPECT_TRUE(blocks.of(ben).empty());
  EXPECT_TRUE(read([&](db::Reader& reader) { return Blocks::between(reader, ben, ada); }));
  EXPECT_FALSE(read([&](db::Reader& reader) { return Blocks::between(reader, ben, cleo); }));
}

TEST_P(BlocksTest, refuses_oneself_and_nobody) {
  EXPECT_EQ(blocks.block(ada, "ada").refusal().kind, Refused::invalid);
  EXPECT_EQ(blocks.block(ada, "nobody-here").refusal().kind, Refused::not_found);
  EXPECT_EQ(blocks.unblock(ada, "nobody-here").refusal().kind, Refused::not_found);
  EXPECT_FALSE(blocks.unblock(ada, "ben").refused());
}

TEST_P(BlocksTest, a_pause_hides_everything_from_everybody_else_until_it_ends) {
  const auto item = story(ada, {{Key::everyone()}, {Key::person(ben), true}});
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  write([&](db::Tx& tx) { blocks.pause(tx, ada); });
  EXPECT_TRUE(read([&](db::Reader& reader) { return Blocks::paused(reader, ada); }));
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
  EXPECT_EQ(sees(as(ada), item), Outcome::open);
  write([&](db::Tx& tx) { blocks.resume(tx, ada); });
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
}

TEST_P(BlocksTest, what_a_suspended_person_shares_is_hidden_until_they_are_back) {
  persons.people.on_change([&](db::Tx& tx, PersonId person) { blocks.follow_suspension(tx, person); });
  const auto item = story(ada, {{Key::everyone()}, {Key::person(ben), true}});
  const auto other = story(cleo, {{Key::everyone()}});
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  const auto kept = audience.epoch.current();
  ASSERT_FALSE(persons.people.suspend(ada).refused());
  EXPECT_FALSE(audience.epoch.still(kept));
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
  EXPECT_EQ(sees(as(ben), other), Outcome::open);
  ASSERT_FALSE(persons.people.set_display_name(ada, "Ada again").refused());
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
  ASSERT_FALSE(persons.people.unsuspend(ada).refused());
  EXPECT_EQ(sees(as(ben), item), Outcome::open);

  // A pause of one's own outlives it.
  write([&](db::Tx& tx) { blocks.pause(tx, ada); });
  ASSERT_FALSE(persons.people.set_aside(ada).refused());
  ASSERT_FALSE(persons.people.unsuspend(ada).refused());
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
  write([&](db::Tx& tx) { blocks.resume(tx, ada); });
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
}

KEEPSAKE_ON_BOTH_ENGINES(BlocksTest);

}  // namespace
}  // namespace keepsake

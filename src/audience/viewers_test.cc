#include "audience/viewers.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class ViewersTest : public support::AudienceTest {};

TEST_P(ViewersTest, nobody_in_particular_holds_what_everyone_holds) {
  EXPECT_EQ(nobody().keys, (std::vector{Key::everyone(), Key::door()}));
  EXPECT_TRUE(viewers.known({}));
}

TEST_P(ViewersTest, a_person_holds_their_own_key_and_those_of_their_circles) {
  const auto family = circle_row(ada, *audience.circles.create(ada, "Family", {"ben"}));
  const auto other = circle_row(cleo, *audience.circles.create(cleo, "Others", {}));
  const auto viewer = viewers.make({.person = ben, .host = true});
  EXPECT_TRUE(viewer.host);
  EXPECT_TRUE(viewer.holds(Key::members()));
  EXPECT_TRUE(viewer.holds(Key::person(ben)));
  EXPECT_TRUE(viewer.holds(Key::circle(family)));
  EXPECT_FALSE(viewer.holds(Key::circle(other)));
  EXPECT_FALSE(viewer.holds(Key::person(ada)));
  EXPECT_TRUE(viewers.known({.person = ben}));
}

TEST_P(ViewersTest, a_change_of_circle_takes_effect_with_the_next_request) {
  const auto family = *audience.circles.create(ada, "Family", {"ben"});
  const auto key = Key::circle(circle_row(ada, family));
  EXPECT_TRUE(as(ben).holds(key));
  ASSERT_FALSE(audience.circles.remove(ada, family, "ben").refused());
  EXPECT_FALSE(viewers.known({.person = ben}));
  EXPECT_FALSE(as(ben).holds(key));
}

TEST_P(ViewersTest, holds_at_most_two_thousand_keys_the_oldest_memberships_first) {
  CircleId first, last;
  write([&](db::Tx& tx) {
    for (int i = 0; i < 2'010; ++i) {
      const auto name = "p" + std::to_string(i);
      last = tx.insert<CircleId>(
          "INSERT INTO circle (public_id, owner, name, created) VALUES ($1, $2, $3, $4) RETURNING id",
          PublicId::random(), ada, name, clock.now());
      if (i == 0) first = last;
      audience.circles.admit(tx, last, ben);
    }
  });
  const auto viewer = as(ben);
  EXPECT_EQ(viewer.keys.size(), Viewers::most_keys);
  EXPECT_TRUE(viewer.holds(Key::person(ben)));
  EXPECT_TRUE(viewer.holds(Key::circle(first)));
  EXPECT_FALSE(viewer.holds(Key::circle(last)));
}

TEST_P(ViewersTest, an_unknown_or_ended_pass_is_as_none) {
  EXPECT_EQ(with_pass("made-up").keys, nobody().keys);
  const auto item = story(ada, {});
  const auto link = *audience.links.create(ada, item, {.name = "Grandma"});
  const auto in = *audience.links.open(nobody(), link.secret, "", "", "192.0.2.1");
  const auto guest = with_pass(in.pass);
  EXPECT_EQ(guest.keys.size(), 3u);
  EXPECT_EQ(guest.keys_until, in.pass_expires);
  clock.advance(in.pass_expires - clock.now());
  EXPECT_EQ(with_pass(in.pass).keys, nobody().keys);
}

TEST_P(ViewersTest, keys_last_until_the_first_of_them_ends) {
  const auto item = story(ada, {});
  const auto soon = *audience.links.create(ada, item, {.name = "Grandma", .expires = clock.now() + 1h});
  const auto later = *audience.links.create(ada, item, {.name = "Uncle", .expires = clock.now() + 2h});
  const auto one = *audience.links.open(nobody(), later.secret, "", "", "192.0.2.1");
  const auto both = *audience.links.open(with_pass(one.pass), soon.secret, "", one.pass, "192.0.2.1");
  EXPECT_EQ(with_pass(both.pass).keys_until, clock.now() + 1h);
  EXPECT_EQ(with_pass(both.pass).keys.size(), 4u);
  clock.advance(1h);
  EXPECT_EQ(with_pass(both.pass).keys.size(), 3u);
  EXPECT_EQ(with_pass(both.pass).keys_until, clock.now() + 1h);
}

KEEPSAKE_ON_BOTH_ENGINES(ViewersTest);

}  // namespace
}  // namespace keepsake

#include "audience/decisions.h"

#include <atomic>
#include <thread>

#include "support/audience_test.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class DecisionsTest : public support::AudienceTest {};

TEST_P(DecisionsTest, answers_again_without_asking_the_database) {
  const auto item = story(ada, {{Key::everyone()}});
  const auto viewer = nobody();
  EXPECT_FALSE(decisions.known(viewer, item));
  EXPECT_EQ(sees(viewer, item), Outcome::open);
  const auto known = decisions.known(viewer, item);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->outcome, Outcome::open);
}

TEST_P(DecisionsTest, a_change_of_audience_takes_effect_with_the_next_request) {
  const auto item = story(ada, {{Key::everyone()}});
  EXPECT_EQ(sees(nobody(), item), Outcome::open);
  grant(item, {{Key::person(ben)}});
  EXPECT_FALSE(decisions.known(nobody(), item));
  EXPECT_EQ(sees(nobody(), item), Outcome::hidden);
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
}

TEST_P(DecisionsTest, a_signed_in_viewers_acceptance_takes_effect_at_once_and_so_does_its_lowering) {
  const auto item = story(ada, {{Key::everyone()}});
  set_notes(item, true);
  EXPECT_EQ(sees(as(ben), item), Outcome::gated);
  const auto before = audience.epoch.current();
  accept(item, ben, Accepted::all);
  EXPECT_EQ(audience.epoch.current(), before) << "one reader's acceptance is nobody else's business";
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  accept(item, ben, Accepted::descriptions);
  EXPECT_EQ(sees(as(ben), item), Outcome::descriptions);
  EXPECT_EQ(sees(as(cleo), item), Outcome::gated);
}

TEST_P(DecisionsTest, an_acceptance_in_the_cookie_is_of_its_bearer_and_version_alone) {
  const auto item = story(ada, {{Key::everyone()}});
  set_notes(item, true);
  const GatePass pass{item, facts(item).gate_version, Accepted::all};
  EXPECT_EQ(sees(viewers.make({.gate_passes = {pass}}), item), Outcome::open);
  EXPECT_EQ(sees(nobody(), item), Outcome::gated);
  EXPECT_EQ(sees(viewers.make({.person = ben, .gate_passes = {pass}}), item), Outcome::gated);
  set_notes(item, true);
  EXPECT_EQ(sees(viewers.make({.gate_passes = {pass}}), item), Outcome::gated);
}

TEST_P(DecisionsTest, a_link_ends_at_its_deadline_even_for_what_is_kept) {
  const auto item = story(ada, {});
  const auto link = *audience.links.create(ada, item, {.name = "Grandma", .expires = clock.now() + 1h});
  const auto in = *audience.links.open(nobody(), link.secret, "", "", "192.0.2.1");
  const auto guest = with_pass(in.pass);
  EXPECT_EQ(sees(guest, item), Outcome::open);
  clock.advance(1h - 1us);
  EXPECT_TRUE(decisions.known(guest, item));
  EXPECT_EQ(sees(with_pass(in.pass), item), Outcome::open);
  clock.advance(1us);
  EXPECT_FALSE(decisions.known(guest, item));
  EXPECT_EQ(sees(with_pass(in.pass), item), Outcome::hidden);
}

TEST_P(DecisionsTest, without_a_lease_everything_is_asked_anew_and_nothing_kept) {
  const auto item = story(ada, {{Key::person(ben)}});
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  const auto viewer = as(ben);
  ASSERT_TRUE(decisions.known(viewer, item));
  audience.uptime.advance(Epoch::lease);
  EXPECT_FALSE(decisions.known(viewer, item));
  EXPECT_FALSE(viewers.known({.person = ben}));
  support::AudienceServices elsewhere(database(), persons.passwords, clock);
  write([&](db::Tx& tx) { elsewhere.items.set_grants(tx, item, {}); });
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
  const auto other = story(ada, {{Key::person(ben)}});
  EXPECT_EQ(sees(as(ben), other), Outcome::open);
  EXPECT_FALSE(decisions.known(as(ben), other));
  audience.epoch.refresh();
  EXPECT_FALSE(decisions.known(as(ben), other)) << "it was decided under no epoch";
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
}

TEST_P(DecisionsTest, keeps_no_more_than_it_may) {
  Decisions few(database(), audience.epoch, clock, 64);
  const auto viewer = nobody();
  for (std::int64_t item = 1; item <= 500; ++item) few.of_item(viewer, ItemId{item});
  EXPECT_LE(few.counts().kept, 64u);
}

// Readers ask without end while the author shuts and opens the story: once the change is acknowledged no
// request that begins later may get the answer from before.
TEST_P(DecisionsTest, never_answers_from_before_an_acknowledged_change) {
  const auto item = story(ada, {});
  // Odd while closed, even while open; raised once the change is acknowledged, and twice for each change so
  // that a reader can tell whether one was under way.
  std::atomic<int> acknowledged = 0, begun = 0;
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0, asked = 0;
  const auto read_on = [&] {
    while (!done) {
      const int before = acknowledged;
      const auto outcome = sees(nobody(), item);
      if (begun != before) continue;  // a change was under way: either answer is right
      ++asked;
      if ((outcome == Outcome::open) != (before % 2 == 1)) ++wrong;
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) readers.emplace_back(read_on);
  for (int change = 1; change <= 200; ++change) {
    begun = change;
    grant(item, change % 2 == 1 ? std::vector<Grant>{{Key::everyone()}} : std::vector<Grant>{});
    acknowledged = change;
    const int seen = asked;
    for (int spin = 0; asked == seen && spin < 1'000; ++spin) std::this_thread::yield();
  }
  done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(asked, 0);
}

KEEPSAKE_ON_BOTH_ENGINES(DecisionsTest);

}  // namespace
}  // namespace keepsake

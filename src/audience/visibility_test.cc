#include "audience/visibility.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

const PersonId writer{1}, another{2};

ItemFacts published(std::vector<Grant> grants) {
  ItemFacts facts;
  facts.item = {1};
  facts.author = writer;
  facts.state = ItemState::published;
  facts.grants = std::move(grants);
  return facts;
}

Viewer person_with(PersonId person, std::vector<Key> more = {}) {
  auto viewer = anonymous_viewer(1);
  viewer.person = person;
  viewer.keys.insert(viewer.keys.end(), {Key::members(), Key::person(person)});
  viewer.keys.insert(viewer.keys.end(), more.begin(), more.end());
  std::sort(viewer.keys.begin(), viewer.keys.end());
  return viewer;
}

TEST(Decide, without_a_grant_only_the_author_sees) {
  EXPECT_EQ(decide(published({}), person_with(another), {}).outcome, Outcome::hidden);
  const auto own = decide(published({}), person_with(writer), {});
  EXPECT_EQ(own.outcome, Outcome::open);
  EXPECT_TRUE(own.author);
}

TEST(Decide, only_what_is_published_is_seen_by_others) {
  auto facts = published({{Key::everyone()}});
  for (const auto state : {ItemState::draft, ItemState::withdrawn, ItemState::trashed}) {
    facts.state = state;
    EXPECT_EQ(decide(facts, person_with(another), {}).outcome, Outcome::hidden);
    EXPECT_EQ(decide(facts, person_with(writer), {}).outcome, Outcome::open);
  }
}

TEST(Decide, a_block_and_a_pause_win_over_every_grant) {
  auto facts = published({{Key::everyone()}, {Key::person(another), true}});
  EXPECT_EQ(decide(facts, person_with(another), {.blocked = true}).outcome, Outcome::hidden);
  facts.author_quiet = true;
  EXPECT_EQ(decide(facts, person_with(another), {}).outcome, Outcome::hidden);
  EXPECT_EQ(decide(facts, person_with(writer), {}).outcome, Outcome::open);
}

TEST(Decide, the_host_sees_no_more_than_others) {
  auto host = person_with(another);
  host.host = true;
  EXPECT_EQ(decide(published({{Key::circle({7})}}), host, {}).outcome, Outcome::hidden);
}

TEST(Decide, a_gate_opens_by_acceptance_or_exemption) {
  auto facts = published({{Key::members(), true}, {Key::circle({7}), true}});
  facts.gate = true;
  EXPECT_EQ(decide(facts, person_with(another), {}).outcome, Outcome::gated);
  EXPECT_EQ(decide(facts, person_with(another), {false, Accepted::descriptions}).outcome,
            Outcome::descriptions);
  EXPECT_EQ(decide(facts, person_with(another), {false, Accepted::all}).outcome, Outcome::open);
  EXPECT_EQ(decide(facts, person_with(another, {Key::circle({7})}), {}).outcome, Outcome::open);
}

TEST(Decide, holds_until_a_link_ends_only_where_it_needs_the_link) {
  auto guest = anonymous_viewer(1);
  guest.keys.push_back(Key::link({3}));
  guest.keys_until = from_micros(100);
  EXPECT_EQ(decide(published({{Key::link({3})}}), guest, {}).until, from_micros(100));
  EXPECT_EQ(decide(published({{Key::link({3})}, {Key::everyone()}}), guest, {}).until, Time::max());
  EXPECT_EQ(decide(published({{Key::link({4})}}), guest, {}).until, Time::max());
  auto gated = published({{Key::link({3}), true}, {Key::everyone()}});
  gated.gate = true;
  EXPECT_EQ(decide(gated, guest, {}).until, from_micros(100));
}

class ListTest : public support::AudienceTest {
 protected:
  void many_stories(PersonId by, int count, Grant grant) {
    write([&](db::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        const auto item = audience.items.create(tx, ItemKind::story, by, clock.now());
        audience.items.set_grants(tx, item, {grant});
        audience.items.set_state(tx, item, ItemState::published, clock.now());
      }
    });
  }
  ListPage feed_of(const Viewer& viewer, const std::optional<ListCursor>& after = {}) {
    return read([&](db::Reader& reader) { return visibility::feed(reader, viewer, after, 10); });
  }
  ListPage page_of(const Viewer& viewer, PersonId author) {
    return read([&](db::Reader& reader) { return visibility::of_author(reader, viewer, author, {}, 10); });
  }
  bool exists(const Viewer& viewer, PersonId author) {
    return read([&](db::Reader& reader) { return visibility::exists_for(reader, viewer, author); });
  }
};

TEST_P(ListTest, a_page_past_a_blocked_crowd_is_short_and_goes_on) {
  const auto old = story(cleo, {{Key::everyone()}});
  clock.advance(std::chrono::seconds(1));
  many_stories(ada, 2'100, {Key::everyone()});
  ASSERT_FALSE(audience.blocks.block(ben, "ada").refused());
  const auto first = feed_of(as(ben));
  EXPECT_TRUE(first.items.empty());
  ASSERT_TRUE(first.next);
  const auto second = feed_of(as(ben), first.next);
  EXPECT_EQ(second.items, std::vector{old});
  EXPECT_FALSE(second.next);
}

TEST_P(ListTest, a_page_of_one_author_tells_nothing_to_whom_it_is_not_for) {
  many_stories(ada, 2'100, {Key::members()});
  EXPECT_EQ(page_of(as(ben), ada).items.size(), 10u);
  const auto strangers = page_of(nobody(), ada);
  EXPECT_TRUE(strangers.items.empty());
  EXPECT_FALSE(strangers.next);
  ASSERT_FALSE(audience.blocks.block(ada, "ben").refused());
  const auto blocked = page_of(as(ben), ada);
  EXPECT_TRUE(blocked.items.empty());
  EXPECT_FALSE(blocked.next);
}

TEST_P(ListTest, a_story_of_many_grants_stands_once_in_a_list) {
  const auto circle = circle_row(ada, *audience.circles.create(ada, "Family", {"ben"}));
  const auto shared = story(
      ada, {{Key::everyone()}, {Key::door()}, {Key::members()}, {Key::circle(circle)}, {Key::person(ben)}});
  const auto page = feed_of(as(ben));
  EXPECT_EQ(page.items, std::vector{shared});
  EXPECT_FALSE(page.next);
}

TEST_P(ListTest, the_newest_come_first_and_an_authors_page_runs_from_the_beginning) {
  const auto older = story(ada, {{Key::everyone()}});
  clock.advance(std::chrono::seconds(1));
  const auto newer = story(ada, {{Key::members()}});
  EXPECT_EQ(feed_of(as(ben)).items, (std::vector{newer, older}));
  EXPECT_EQ(page_of(as(ben), ada).items, (std::vector{older, newer}));
  EXPECT_EQ(feed_of(nobody()).items, std::vector{older});
  EXPECT_TRUE(feed_of(as(ada)).items.empty());
  EXPECT_EQ(page_of(as(ada), ada).items, (std::vector{older, newer}));
}

TEST_P(ListTest, a_persons_page_exists_for_whoever_may_see_one_of_their_stories) {
  EXPECT_TRUE(exists(as(ada), ada));
  EXPECT_FALSE(exists(as(ben), ada));
  EXPECT_FALSE(exists(as(ben), PersonId{0}));
  const auto item = story(ada, {{Key::members()}});
  EXPECT_TRUE(exists(as(ben), ada));
  EXPECT_FALSE(exists(nobody(), ada));
  set_state(item, ItemState::withdrawn);
  EXPECT_FALSE(exists(as(ben), ada));
}

KEEPSAKE_ON_BOTH_ENGINES(ListTest);

}  // namespace
}  // namespace keepsake

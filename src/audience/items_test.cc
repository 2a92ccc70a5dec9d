#include "audience/items.h"

#include "support/audience_test.h"

namespace keepsake {
namespace {

class ItemsTest : public support::AudienceTest {
 protected:
  Outcome photo(const Viewer& viewer, PhotoId id, PersonId owner) {
    return decisions.of_photo(viewer, id, owner).outcome;
  }
  void hold(ItemId item, std::vector<PhotoId> photos) {
    write([&](db::Tx& tx) { audience.items.set_photos(tx, item, photos); });
  }
};

TEST_P(ItemsTest, a_new_item_is_a_draft_of_its_author_alone) {
  const auto item = draft(ada);
  EXPECT_EQ(facts(item).state, ItemState::draft);
  EXPECT_TRUE(facts(item).grants.empty());
  EXPECT_EQ(sees(as(ada), item), Outcome::open);
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
}

TEST_P(ItemsTest, grants_are_kept_sorted_once_each_and_only_named_ones_past_the_gate) {
  const auto item = story(ada, {{Key::person(ben), true}, {Key::everyone(), true}, {Key::person(ben)}});
  const std::vector<Grant> kept = {{Key::everyone(), false}, {Key::person(ben), true}};
  EXPECT_EQ(facts(item).grants, kept);
}

TEST_P(ItemsTest, the_door_makes_a_gate_and_ends_earlier_acceptances) {
  const auto item = story(ada, {{Key::everyone()}});
  set_notes(item, true);
  accept(item, ben, Accepted::all);
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
  grant(item, {{Key::everyone()}, {Key::door()}});
  EXPECT_EQ(sees(as(ben), item), Outcome::gated);
  set_notes(item, false);
  EXPECT_TRUE(facts(item).gate);
  grant(item, {{Key::everyone()}});
  EXPECT_FALSE(facts(item).gate);
  EXPECT_EQ(sees(as(ben), item), Outcome::open);
}

TEST_P(ItemsTest, an_acceptance_ends_when_the_notes_change) {
  const auto item = story(ada, {{Key::everyone()}});
  set_notes(item, true);
  accept(item, ben, Accepted::descriptions);
  EXPECT_EQ(sees(as(ben), item), Outcome::descriptions);
  set_notes(item, true);
  EXPECT_EQ(sees(as(ben), item), Outcome::gated);
}

TEST_P(ItemsTest, published_again_a_story_keeps_its_place) {
  const auto first = story(ada, {{Key::everyone()}});
  clock.advance(std::chrono::seconds(1));
  const auto second = story(ada, {{Key::everyone()}});
  set_state(first, ItemState::withdrawn);
  clock.advance(std::chrono::seconds(1));
  set_state(first, ItemState::published);
  const auto page = read([&](db::Reader& reader) { return visibility::feed(reader, nobody(), {}, 10); });
  EXPECT_EQ(page.items, (std::vector{second, first}));
}

TEST_P(ItemsTest, an_album_takes_no_grants) {
  const auto album =
      write([&](db::Tx& tx) { return audience.items.create(tx, ItemKind::album, ada, clock.now()); });
  EXPECT_THROW(grant(album, {{Key::everyone()}}), std::logic_error);
}

TEST_P(ItemsTest, a_sealed_album_shuts_its_photos_for_their_owner_too) {
  const PhotoId one{1};
  const auto album =
      write([&](db::Tx& tx) { return audience.items.create(tx, ItemKind::album, ada, clock.now()); });
  hold(album, {one});
  EXPECT_EQ(photo(as(ada), one, ada), Outcome::open);
  write([&](db::Tx& tx) { audience.items.set_sealed(tx, album, true); });
  EXPECT_EQ(photo(as(ada), one, ada), Outcome::hidden);
  const auto item = draft(ada);
  hold(item, {one});
  EXPECT_EQ(photo(as(ada), one, ada), Outcome::open);
}

TEST_P(ItemsTest, a_photo_is_seen_where_an_open_story_holds_it) {
  const PhotoId one{1};
  const auto item = story(ada, {{Key::person(ben)}});
  hold(item, {one});
  EXPECT_EQ(photo(as(ben), one, ada), Outcome::open);
  EXPECT_EQ(photo(as(cleo), one, ada), Outcome::hidden);
  set_notes(item, true);
  EXPECT_EQ(photo(as(ben), one, ada), Outcome::hidden);
  accept(item, ben, Accepted::descriptions);
  EXPECT_EQ(photo(as(ben), one, ada), Outcome::hidden);
  accept(item, ben, Accepted::all);
  EXPECT_EQ(photo(as(ben), one, ada), Outcome::open);
  write([&](db::Tx& tx) { audience.items.forget_photos(tx, {&one, 1}); });
  EXPECT_EQ(photo(as(ben), one, ada), Outcome::hidden);
}

TEST_P(ItemsTest, what_a_grant_names_takes_the_grant_with_it) {
  const auto circle = *audience.circles.create(ada, "Family", {"ben"});
  const auto item = story(ada, {{Key::circle(circle_row(ada, circle))}, {Key::person(cleo)}});
  ASSERT_FALSE(audience.circles.end(ada, circle).refused());
  ASSERT_FALSE(persons.people.remove(cleo).refused());
  EXPECT_TRUE(facts(item).grants.empty());
  audience.circles.create(ada, "Neighbours", {"ben"}).value();  // never under the key of the one that ended
  EXPECT_EQ(sees(as(ben), item), Outcome::hidden);
}

TEST_P(ItemsTest, what_is_removed_is_absent) {
  const auto item = story(ada, {{Key::everyone()}});
  EXPECT_EQ(sees(nobody(), item), Outcome::open);
  write([&](db::Tx& tx) { audience.items.remove(tx, item); });
  EXPECT_EQ(sees(nobody(), item), Outcome::hidden);
  EXPECT_EQ(sees(as(ada), item), Outcome::hidden);
}

KEEPSAKE_ON_BOTH_ENGINES(ItemsTest);

}  // namespace
}  // namespace keepsake

#include "album/drop_links.h"

#include "photo/quotas.h"
#include "support/album_test.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<PublicId>;

constexpr auto address = "192.0.2.1";

class DropLinksTest : public support::AlbumTest {
 protected:
  DropLinksTest() {
    uploads_.on_arriving([this](db::Tx& tx, const upload_store::Stored& upload, const AddedPhoto& added) {
      drops_.arrive(tx, *upload.sender.visit, upload.name, upload.size, added);
    });
  }

  const PublicId album_ = *albums_.create(ada, "From all of you");

  CreatedDropLink link(NewDropLink wanted = {.name = "Aroha"}) { return *drops_.create(ada, album_, wanted); }
  DropVisit enter(const CreatedDropLink& link) {
    return *drops_.visit(drops_.open(link.secret, "", "", address)->pass);
  }
  Result<Dropped> drop(const DropVisit& visit, const std::string& text, std::string name = "IMG_1.jpg") {
    return drops_.add(visit, source("photo " + text, std::move(name)), address);
  }
  Kept kept() {
    return read([&](db::Reader& reader) { return Quotas::kept(reader, ada); });
  }
  void open_album() { ASSERT_FALSE(albums_.open(ada, album_).refused()); }
  void expect_ended(const std::string& secret, const std::string& pass = "") {
    const auto look = drops_.look(secret, pass);
    ASSERT_TRUE(look.refused());
    EXPECT_EQ(look.refusal().kind, Refused::gone);
    EXPECT_EQ(drops_.open(secret, "", pass, address).refusal().sentence, look.refusal().sentence);
    EXPECT_FALSE(drops_.visit(secret, pass));
    EXPECT_FALSE(drops_.visit(pass));
  }
};

TEST_P(DropLinksTest, what_is_dropped_waits_in_a_sealed_album) {
  const auto visit = enter(link());
  EXPECT_TRUE(albums_.find(ada, album_)->sealed) << "making the link has sealed it";
  const auto dropped = *drop(visit, "one", "beach.jpg");
  EXPECT_EQ(dropped.name, "beach.jpg");
  EXPECT_EQ(drops_.sent(visit).at(0).id, dropped.id);
  EXPECT_TRUE(list().empty());
  EXPECT_EQ(kept(), (Kept{1, 157})) << "it counts as the owner's";
  open_album();
  EXPECT_EQ(in(album_), list());
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(DropLinksTest, says_whom_it_is_for_and_asks_for_its_passphrase) {
  const auto plain = link();
  EXPECT_EQ(drops_.look(plain.secret, "")->name, "Aroha");
  EXPECT_EQ(drops_.look(plain.secret, "")->author, "Display ada");
  const auto guarded = link({.name = "Grandma", .passphrase = "the blue boat"});
  EXPECT_EQ(drops_.look(guarded.secret, "")->name, "");
  EXPECT_TRUE(drops_.look(guarded.secret, "")->passphrase);
  EXPECT_EQ(drops_.open(guarded.secret, "the red boat", "", address).refusal().field, "passphrase");
  const auto in = *drops_.open(guarded.secret, " The blue  boat", "", address);
  EXPECT_EQ(drops_.look(guarded.secret, in.pass)->name, "Grandma");
  EXPECT_EQ(drops_.open(guarded.secret, "", in.pass, address)->pass, in.pass);
  EXPECT_FALSE(drops_.visit(plain.secret, in.pass)) << "a pass is of one link";
}

TEST_P(DropLinksTest, one_answer_for_what_never_was_was_revoked_expired_or_paused) {
  expect_ended("never-was", "nor-this");
  const auto revoked = link(), expiring = link({.name = "Uncle", .expires = clock.now() + 1h});
  const auto pass = drops_.open(revoked.secret, "", "", address)->pass;
  EXPECT_EQ(drops_.revoke(ben, revoked.id).refusal().kind, Refused::not_found);
  EXPECT_EQ(*drops_.revoke(ada, revoked.id), album_);
  expect_ended(revoked.secret, pass);
  const auto second = drops_.open(expiring.secret, "", "", address)->pass;
  write([&](db::Tx& tx) { audience.blocks.pause(tx, ada); });
  expect_ended(expiring.secret, second);
  write([&](db::Tx& tx) { audience.blocks.resume(tx, ada); });
  EXPECT_TRUE(drops_.visit(second));
  clock.advance(1h);
  expect_ended(expiring.secret, second);
}

TEST_P(DropLinksTest, a_visit_lasts_twelve_hours) {
  const auto made = link();
  const auto pass = drops_.open(made.secret, "", "", address)->pass;
  clock.advance(12h);
  EXPECT_FALSE(drops_.visit(pass));
  EXPECT_FALSE(drops_.look(made.secret, pass).refused()) << "the link stays";
}

TEST_P(DropLinksTest, opening_the_album_ends_its_links) {
  const auto made = link();
  const auto visit = enter(made);
  ASSERT_FALSE(drop(visit, "one").refused());
  open_album();
  expect_ended(made.secret);
  EXPECT_EQ(drop(visit, "two").refusal().kind, Refused::gone);
  EXPECT_EQ(drops_.take_back(visit, drops_.sent(visit).at(0).id).refusal().kind, Refused::gone);
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(DropLinksTest, what_was_sent_can_be_taken_back_in_the_same_visit) {
  const auto made = link();
  const auto visit = enter(made), other = enter(made);
  const auto dropped = *drop(visit, "one");
  EXPECT_EQ(drops_.take_back(other, dropped.id).refusal().kind, Refused::not_found);
  ASSERT_FALSE(drops_.take_back(visit, dropped.id).refused());
  EXPECT_TRUE(drops_.sent(visit).empty());
  EXPECT_EQ(kept(), Kept{});
  open_album();
  EXPECT_TRUE(list().empty());
}

TEST_P(DropLinksTest, the_owners_own_photo_stays_as_it_was_and_nobody_can_tell) {
  const auto own = photo("one");
  const auto visit = enter(link());
  const int before = workers_.taken;
  const auto dropped = *drop(visit, "one", "theirs.jpg");
  EXPECT_EQ(dropped.name, "theirs.jpg");
  EXPECT_EQ(workers_.taken, before + 1) << "it is decoded like a new one";
  EXPECT_EQ(list(), Ids{own}) << "it does not vanish into the sealed album";
  ASSERT_FALSE(drops_.take_back(visit, dropped.id).refused());
  EXPECT_EQ(list(), Ids{own});
  open_album();
  EXPECT_TRUE(in(album_).empty());
}

TEST_P(DropLinksTest, what_two_have_sent_stays_until_both_take_it_back) {
  const auto made = link();
  const auto visit = enter(made), other = enter(made);
  const auto first = *drop(visit, "one"), second = *drop(other, "one");
  ASSERT_FALSE(drops_.take_back(visit, first.id).refused());
  EXPECT_EQ(kept().photos, 1);
  ASSERT_FALSE(drops_.take_back(other, second.id).refused());
  EXPECT_EQ(kept().photos, 0);
}

TEST_P(DropLinksTest, what_the_owner_has_sent_too_is_no_longer_anothers_to_take_back) {
  const auto visit = enter(link());
  const auto first = *drop(visit, "one"), second = *drop(visit, "two");
  const auto own = photo("one");
  EXPECT_EQ(list(), Ids{own});
  ASSERT_FALSE(albums_.receive(ada, album_, source("photo two")).refused());
  ASSERT_FALSE(drops_.take_back(visit, first.id).refused());
  ASSERT_FALSE(drops_.take_back(visit, second.id).refused());
  open_album();
  EXPECT_EQ(list().size(), 2U);
}

TEST_P(DropLinksTest, takes_as_many_photos_and_bytes_as_it_may) {
  const auto by_count = enter(link({.name = "Two", .most_photos = 2}));
  ASSERT_FALSE(drop(by_count, "one").refused());
  ASSERT_FALSE(drop(by_count, "one").refused()) << "the same again counts too, so that nothing tells";
  EXPECT_EQ(drop(by_count, "two").refusal().kind, Refused::no_room);
  const auto by_bytes = enter(link({.name = "Small", .most_bytes = 15}));
  EXPECT_EQ(drop(by_bytes, "that is far too long").refusal().kind, Refused::no_room);
  EXPECT_EQ(drops_.sent(by_bytes).size(), 0U);
  EXPECT_EQ(kept().photos, 1) << "nothing of what was refused is kept";
  for (const auto& wanted :
       {NewDropLink{.name = "None", .most_photos = 0}, NewDropLink{.name = "", .most_photos = 1},
        NewDropLink{.name = "Much", .most_bytes = 1ll << 60}})
    EXPECT_EQ(drops_.create(ada, album_, wanted).refusal().kind, Refused::invalid);
}

TEST_P(DropLinksTest, an_owner_without_room_is_told_as_a_link_without_room) {
  const auto visit = enter(link());
  ASSERT_FALSE(Quotas(database()).set_own(ada, 5).refused());
  const auto refused = drop(visit, "one").refusal();
  EXPECT_EQ(refused.sentence, "There is no room for more photos here. Everything that arrived is safe.");
}

TEST_P(DropLinksTest, takes_what_comes_in_pieces) {
  const auto made = link();
  const auto visit = enter(made);
  const Sender sender{visit.owner, visit.row};
  ASSERT_FALSE(drops_.room_for(visit, 9, address).refused());
  const auto id = uploads_.begin(sender, 9, "film.jpg", visit.album)->id;
  EXPECT_FALSE(uploads_.find({ada}, id)) << "it is not among the owner's uploads";
  ASSERT_FALSE(uploads_.append(sender, id, 0, source("photo")).refused());
  EXPECT_TRUE(uploads_.append(sender, id, 5, source(" one"))->photo);
  EXPECT_EQ(drops_.sent(visit).at(0).name, "film.jpg");
  EXPECT_TRUE(list().empty());
}

TEST_P(DropLinksTest, pieces_of_a_link_that_has_ended_become_nothing) {
  const auto made = link();
  const auto visit = enter(made);
  const Sender sender{visit.owner, visit.row};
  const auto id = uploads_.begin(sender, 9, "film.jpg", visit.album)->id;
  ASSERT_FALSE(uploads_.append(sender, id, 0, source("photo")).refused());
  ASSERT_FALSE(drops_.revoke(ada, made.id).refused());
  EXPECT_EQ(uploads_.append(sender, id, 5, source(" one")).refusal().kind, Refused::gone);
  EXPECT_EQ(kept(), Kept{});
  open_album();
  EXPECT_TRUE(list().empty());
}

TEST_P(DropLinksTest, what_is_on_its_way_counts_toward_the_room_of_the_link) {
  const auto visit = enter(link({.name = "Small", .most_bytes = 100}));
  ASSERT_FALSE(drops_.room_for(visit, 60, address).refused());
  ASSERT_FALSE(uploads_.begin({visit.owner, visit.row}, 60, "a.jpg", visit.album).refused());
  EXPECT_EQ(drops_.room_for(visit, 60, address).refusal().kind, Refused::no_room);
}

TEST_P(DropLinksTest, a_flood_has_to_wait) {
  const auto visit = enter(link());
  Result<Done> last = Done{};
  for (int i = 0; i < 700 && !last.refused(); ++i) last = drops_.room_for(visit, 1, address);
  ASSERT_TRUE(last.refused());
  EXPECT_EQ(last.refusal().kind, Refused::too_many);
}

TEST_P(DropLinksTest, forgets_visits_and_links_that_ended_long_ago) {
  const auto made = link();
  ASSERT_FALSE(drop(enter(made), "one").refused());
  ASSERT_FALSE(drops_.revoke(ada, made.id).refused());
  EXPECT_EQ(drops_.sweep(), 0);
  clock.advance(24h * 31);
  EXPECT_EQ(drops_.sweep(), 2);
  open_album();
  EXPECT_EQ(list().size(), 1U) << "what came stays";
}

KEEPSAKE_ON_BOTH_ENGINES(DropLinksTest);

}  // namespace
}  // namespace keepsake

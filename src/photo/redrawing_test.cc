#include "photo/redrawing.h"

#include <gtest/gtest.h>

#include <cmath>

#include "photo/quotas.h"
#include "support/photos.h"

namespace keepsake {
namespace {

using support::FakeWorkers;
using support::PhotosTest;

const Look turned{1, -2.5, {0, 0.1, 0.5, 0.75}, true};

class LooksTest : public PhotosTest {
 protected:
  const PublicId id_ = add(mere_, "photo of a window").id;

  Result<Done> change(const Look& look) { return photos_.change_look(viewer(mere_), id_, look); }
  std::string shown(const Viewer& who, Wish wish = Encoding::webp) {
    const auto file = photos_.rendition(who, id_, 1024, wish);
    return file ? read(*file) : "none";
  }
  static std::string drawn(const Look& look, Encoding encoding = Encoding::webp) {
    return FakeWorkers::bytes_of(1024, encoding, look);
  }
  void make_avif() { photos_.make_avif(std::chrono::seconds(10)); }
  Kept kept() {
    return database().read([&](db::Reader& reader) { return Quotas::kept(reader, mere_); });
  }
  // What all blobs of the photo hold.
  std::int64_t bytes_there() {
    return database().read([&](db::Reader& reader) {
      return reader.one("SELECT CAST(sum(size) AS bigint) FROM blob",
                        [](const db::Row& row) { return row.integer(0); });
    });
  }
};

TEST_P(LooksTest, ShowEveryReaderAnotherPictureWithTheNextRequest) {
  story(id_, {{Key::everyone()}});
  const auto before = *photos_.rendition(nobody(), id_, 1024, Encoding::webp);
  ASSERT_TRUE(photos_.known_rendition(nobody(), id_, 1024, Encoding::webp));
  ASSERT_FALSE(change(turned).refused());
  EXPECT_FALSE(photos_.known_rendition(nobody(), id_, 1024, Encoding::webp));
  EXPECT_EQ(shown(nobody()), drawn(turned));
  EXPECT_EQ(shown(viewer(mere_), Encoding::jpeg), drawn(turned, Encoding::jpeg));
  EXPECT_NE(photos_.rendition(nobody(), id_, 1024, Encoding::webp)->etag, before.etag);
  const Photo photo = *photos_.mine(viewer(mere_), id_);
  EXPECT_EQ(photo.extent, (Extent{3000, 4000}));
  EXPECT_EQ(photos_.look_of(photo), turned);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "tmp"));
}

TEST_P(LooksTest, LeaveTheOriginalAsItIsAndCanBeUndone) {
  const auto tag = photos_.original(viewer(mere_), id_)->etag;
  ASSERT_FALSE(change(turned).refused());
  EXPECT_EQ(read(*photos_.original(viewer(mere_), id_)), "photo of a window");
  EXPECT_EQ(photos_.original(viewer(mere_), id_)->etag, tag);
  ASSERT_FALSE(change(Look()).refused());
  EXPECT_EQ(shown(viewer(mere_)), drawn(Look()));
  EXPECT_EQ(photos_.look_of(*photos_.mine(viewer(mere_), id_)), Look());
  EXPECT_TRUE(add(mere_, "photo of a window").already);
}

TEST_P(LooksTest, LeaveNothingOfTheEarlierPicture) {
  const auto before = *photos_.rendition(viewer(mere_), id_, 1024, Encoding::webp);
  EXPECT_FALSE(photos_.plain_copy(before, true));
  EXPECT_TRUE(photos_.plain_copy(before, true));
  make_avif();
  ASSERT_FALSE(change(turned).refused());
  EXPECT_EQ(copies_.counts().kept, 0u);
  EXPECT_EQ(rows("rendition"), 6) << "what was made as AVIF shows the earlier picture: it is gone";
  EXPECT_EQ(kept(), (Kept{1, bytes_there()}));
  photos::remove_forgotten_blobs(database(), *blobs_, copies_);
  EXPECT_EQ(blob_count(), 7);
  EXPECT_THROW(photos_.open(before), blobs::Missing);
}

TEST_P(LooksTest, AreTheOwnersAlone) {
  story(id_, {{Key::everyone()}});
  EXPECT_EQ(photos_.change_look(viewer(tama_), id_, turned).refusal().kind, Refused::not_found);
  EXPECT_EQ(photos_.change_look(nobody(), id_, turned).refusal().kind, Refused::sign_in);
  EXPECT_EQ(photos_.change_look(viewer(mere_), PublicId::random(), turned).refusal().kind,
            Refused::not_found);
  EXPECT_EQ(shown(nobody()), drawn(Look()));
}

TEST_P(LooksTest, WaitUntilASealedAlbumIsOpened) {
  const auto seal = [&](bool sealed) {
    return database().write([&](db::Tx& tx) {
      const ItemId item = items_.create(tx, ItemKind::album, mere_, clock_.now());
      items_.set_photos(tx, item, {photos::by_ids(tx, mere_, {&id_, 1}).at(0).row});
      items_.set_sealed(tx, item, sealed);
      return item;
    });
  };
  workers_.meanwhile = [&] { seal(true); };
  EXPECT_EQ(change(turned).refusal().kind, Refused::not_found) << "sealed while it was drawn";
  EXPECT_EQ(blob_count(), 7) << "what was drawn is gone again";
  workers_.meanwhile = nullptr;
  const int before = workers_.taken;
  EXPECT_EQ(change(turned).refusal().kind, Refused::not_found);
  EXPECT_EQ(workers_.taken, before);
}

TEST_P(LooksTest, AreRefusedWhereTheyDoNotFit) {
  for (const Look& look :
       {Look{4, 0, {}, false}, Look{0, 15.1, {}, false}, Look{0, 0, {0, 0, 0.01, 1}, false},
        Look{0, 0, {0.5, 0, 0.6, 1}, false}, Look{0, std::nan(""), {}, false}}) {
    const auto refused = change(look);
    ASSERT_TRUE(refused.refused());
    EXPECT_EQ(refused.refusal().kind, Refused::invalid);
  }
  const PublicId film = add(mere_, support::some_film()).id;
  EXPECT_EQ(photos_.change_look(viewer(mere_), film, turned).refusal().kind, Refused::invalid);
  EXPECT_EQ(shown(viewer(mere_)), drawn(Look()));
}

TEST_P(LooksTest, CostNothingWhereNothingChanges) {
  const int before = workers_.taken;
  EXPECT_FALSE(change(Look()).refused());
  ASSERT_FALSE(change(turned).refused());
  EXPECT_FALSE(change(turned).refused());
  EXPECT_EQ(workers_.taken, before + 1);
}

TEST_P(LooksTest, OfTwoAtOnceTheLaterWinsWhole) {
  const Look grey{0, 0, {}, true};
  workers_.meanwhile = [&, first = true]() mutable {
    if (std::exchange(first, false)) (void)change(grey);
  };
  ASSERT_FALSE(change(turned).refused());
  EXPECT_EQ(shown(viewer(mere_)), drawn(turned));
  EXPECT_EQ(photos_.look_of(*photos_.mine(viewer(mere_), id_)), turned);
  EXPECT_EQ(rows("rendition"), 6);
  EXPECT_EQ(kept(), (Kept{1, bytes_there()}));
}

TEST_P(LooksTest, AreFollowedByTheMirror) {
  Photos mirrored = with({folder_ / "tmp", 1000, 0, true});
  ASSERT_FALSE(mirrored.change_look(viewer(mere_), id_, turned).refused());
  mirrored.make_avif(std::chrono::seconds(10));
  const auto payloads = database().read([](db::Reader& reader) {
    return reader.all("SELECT payload FROM job WHERE kind = 'mirror-copy' ORDER BY id",
                      [](const db::Row& row) { return row.text(0); });
  });
  ASSERT_EQ(payloads.size(), 2u);
  EXPECT_EQ(photos::names_in(payloads[0]).size(), 6u);
  EXPECT_EQ(photos::names_in(payloads[1]).size(), 3u);
}

TEST_P(LooksTest, AvifIsForWhoTakesItOnceItIsMade) {
  const Wish avif{Encoding::webp, true};
  const auto before = *photos_.rendition(viewer(mere_), id_, 1024, avif);
  EXPECT_EQ(before.media_type, "image/webp");
  make_avif();
  EXPECT_FALSE(photos_.known_rendition(viewer(mere_), id_, 1024, avif)) << "it is looked for again";
  const auto after = *photos_.rendition(viewer(mere_), id_, 1024, avif);
  EXPECT_EQ(after.media_type, "image/avif");
  EXPECT_EQ(read(after), drawn(Look(), Encoding::avif));
  EXPECT_NE(after.etag, before.etag);
  EXPECT_EQ(photos_.rendition(viewer(mere_), id_, 1024, Encoding::webp)->media_type, "image/webp");
  EXPECT_EQ(photos_.rendition(viewer(mere_), id_, 1024, Encoding::jpeg)->media_type, "image/jpeg");
  EXPECT_FALSE(photos_.rendition(viewer(tama_), id_, 1024, avif));
  EXPECT_EQ(kept(), (Kept{1, bytes_there()}));
  EXPECT_FALSE(photos_.remove(viewer(mere_), id_).refused());
  EXPECT_EQ(kept(), Kept());
}

TEST_P(LooksTest, AvifFollowsEachLookAndNeverAnEarlierOne) {
  const Wish avif{Encoding::webp, true};
  workers_.meanwhile = [&, first = true]() mutable {
    if (std::exchange(first, false)) (void)change(turned);
  };
  make_avif();
  EXPECT_EQ(shown(viewer(mere_), avif), drawn(turned, Encoding::avif))
      << "what was drawn before came too late";
  EXPECT_EQ(blob_count() - rows("forgotten_blob"), 10);
}

TEST_P(LooksTest, AvifWaitsWhileSomebodyAddsAPhotoAndWhereNoWorkerIsFree) {
  workers_.meanwhile = [&, first = true]() mutable {
    if (std::exchange(first, false)) make_avif();
  };
  add(mere_, "photo 2");
  EXPECT_EQ(rows("rendition WHERE encoding = 2"), 0);
  workers_.busy = true;
  make_avif();
  EXPECT_EQ(rows("rendition WHERE encoding = 2"), 0);
  workers_.busy = false;
  make_avif();
  EXPECT_EQ(rows("rendition WHERE encoding = 2"), 6);
}

TEST_P(LooksTest, AvifIsDoneWithoutWhereItCannotBeMadeOrHasNoRoom) {
  workers_.makes_avif = false;
  make_avif();
  workers_.makes_avif = true;
  make_avif();
  EXPECT_EQ(rows("rendition WHERE encoding = 2"), 0);
  Quotas quotas(database());
  const PublicId other = add(mere_, "photo 2").id;
  ASSERT_FALSE(quotas.set_standard(kept().bytes + 1).refused());
  make_avif();
  EXPECT_EQ(rows("rendition WHERE encoding = 2"), 0);
  EXPECT_EQ(blob_count(), 14);
  EXPECT_TRUE(photos_.rendition(viewer(mere_), other, 320, {Encoding::jpeg, true}));
}

TEST_P(LooksTest, AvifPassesOverAnOriginalThatIsNotThere) {
  const auto original = photos_.original(viewer(mere_), id_)->blob.name;
  blobs_->remove(original);
  add(mere_, "photo 2");
  make_avif();
  EXPECT_EQ(rows("rendition WHERE encoding = 2"), 3);
}

KEEPSAKE_ON_BOTH_ENGINES(LooksTest);

}  // namespace
}  // namespace keepsake

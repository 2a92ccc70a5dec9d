#include "photo/photos.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <barrier>
#include <thread>

#include "support/photos.h"

namespace keepsake {
namespace {

using support::FakeWorkers;
using support::PhotosTest;

TEST_P(PhotosTest, KeepsTheOriginalBitForBitAndSixRenditions) {
  const AddedPhoto added = add(mere_, "photo of a window");
  EXPECT_EQ(added.sha256, hex(sha256("photo of a window")));
  EXPECT_EQ(added.extent, (Extent{4000, 3000}));
  EXPECT_FALSE(added.already);
  const auto original = photos_.original(viewer(mere_), added.id);
  ASSERT_TRUE(original);
  EXPECT_EQ(read(*original), "photo of a window");
  EXPECT_EQ(original->blob.size, 17);
  EXPECT_EQ(original->media_type, "image/png");
  EXPECT_EQ(original->etag, "\"" + added.sha256 + "\"");
  for (const int edge : rendition_edges) {
    for (const auto encoding : {Encoding::webp, Encoding::jpeg}) {
      const auto rendition = photos_.rendition(viewer(mere_), added.id, edge, encoding);
      ASSERT_TRUE(rendition);
      EXPECT_EQ(read(*rendition), FakeWorkers::bytes_of(edge, encoding));
      EXPECT_EQ(rendition->media_type, media_type(encoding));
    }
  }
  EXPECT_EQ(blob_count(), 7);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "tmp"));
}

TEST_P(PhotosTest, TellsItsFilesApartByTheirTags) {
  const AddedPhoto one = add(mere_, "photo 1"), two = add(mere_, "photo 2");
  const auto tag = [&](const AddedPhoto& photo, int edge, Encoding encoding) {
    return photos_.rendition(viewer(mere_), photo.id, edge, encoding)->etag;
  };
  EXPECT_EQ(tag(one, 320, Encoding::webp), tag(one, 320, Encoding::webp));
  EXPECT_NE(tag(one, 320, Encoding::webp), tag(one, 320, Encoding::jpeg));
  EXPECT_NE(tag(one, 320, Encoding::webp), tag(one, 1024, Encoding::webp));
  EXPECT_NE(tag(one, 320, Encoding::webp), tag(two, 320, Encoding::webp));
}

TEST_P(PhotosTest, RefusesBeforeItReadsWhereItCan) {
  const auto unread = [](std::uint64_t announced) {
    return PhotoSource{[](std::span<std::byte>) -> std::size_t { throw std::logic_error("was read"); },
                       announced};
  };
  EXPECT_EQ(photos_.add(nobody(), unread(10)).refusal().kind, Refused::sign_in);
  EXPECT_EQ(photos_.add(viewer(mere_), unread(1001)).refusal().kind, Refused::too_large);
  Photos crowded = with({folder_ / "tmp", 1000, INT64_MAX});
  EXPECT_EQ(crowded.add(viewer(mere_), unread(10)).refusal().kind, Refused::no_room);
  expect_nothing_kept();
}

TEST_P(PhotosTest, KeepsNothingOfWhatItRefuses) {
  EXPECT_EQ(photos_.add(viewer(mere_), source("photo" + std::string(996, 'x'))).refusal().kind,
            Refused::too_large);
  EXPECT_EQ(photos_.add(viewer(mere_), source("")).refusal().kind, Refused::invalid);
  EXPECT_EQ(workers_.taken, 0);
  const auto refused = photos_.add(viewer(mere_), source("a song"));
  EXPECT_EQ(refused.refusal().kind, Refused::unsupported);
  EXPECT_EQ(refused.refusal().sentence,
            "Photos, films, sounds and PDF files can be kept here. This file is none of them.");
  expect_nothing_kept();
  EXPECT_FALSE(photos_.add(viewer(mere_), source("photo" + std::string(995, 'x'))).refused());
}

TEST_P(PhotosTest, KeepsNothingOfAnUploadThatBreaksOff) {
  struct Gone {};
  PhotoSource broken = source("photo of a window");
  broken.read = [read = broken.read, count = 0](std::span<std::byte> into) mutable {
    if (++count == 2) throw Gone{};
    return read(into);
  };
  EXPECT_THROW((void)photos_.add(viewer(mere_), broken), Gone);
  expect_nothing_kept();
}

TEST_P(PhotosTest, LeavesNoFilesWhenTheyCannotBeWrittenDown) {
  EXPECT_THROW((void)photos_.add(viewer(PersonId{999}), source("photo")), db::ForeignKeyViolation);
  expect_nothing_kept();
}

TEST_P(PhotosTest, GivesThePhotoAPersonHasAlready) {
  const AddedPhoto first = add(mere_, "photo"), again = add(mere_, "photo");
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.sha256, first.sha256);
  EXPECT_EQ(again.extent, first.extent);
  EXPECT_TRUE(again.already);
  EXPECT_EQ(workers_.taken, 1);
  EXPECT_EQ(blob_count(), 7);
}

TEST_P(PhotosTest, KnowsNothingOfWhatOthersHave) {
  const AddedPhoto hers = add(mere_, "photo"), his = add(tama_, "photo");
  EXPECT_FALSE(his.already);
  EXPECT_NE(his.id, hers.id);
  EXPECT_EQ(workers_.taken, 2);
  EXPECT_EQ(blob_count(), 14);
}

TEST_P(PhotosTest, TakesOneOfTwoThatComeAtTheSameTime) {
  std::barrier together(2);
  workers_.meanwhile = [&] { together.arrive_and_wait(); };
  AddedPhoto added[2];
  {
    std::jthread other([&] { added[0] = add(mere_, "photo"); });
    added[1] = add(mere_, "photo");
  }
  EXPECT_EQ(added[0].id, added[1].id);
  EXPECT_NE(added[0].already, added[1].already);
  EXPECT_EQ(rows("photo"), 1);
  EXPECT_EQ(blob_count(), 7);
}

TEST_P(PhotosTest, ShowsNothingToOthersUntilAStoryDoes) {
  const PublicId id = add(mere_, "photo").id;
  const auto seen_by = [&](const Viewer& who) {
    return photos_.rendition(who, id, 320, Encoding::webp).has_value();
  };
  EXPECT_FALSE(seen_by(viewer(tama_)));
  EXPECT_FALSE(seen_by(nobody()));
  const ItemId item = story(id, {{Key::person(tama_)}});
  EXPECT_TRUE(seen_by(viewer(tama_)));
  EXPECT_FALSE(seen_by(nobody()));
  database().write([&](db::Tx& tx) { items_.add_grant(tx, item, {Key::everyone()}); });
  EXPECT_TRUE(seen_by(nobody()));
  database().write([&](db::Tx& tx) { items_.set_gate(tx, item, true, true); });
  EXPECT_FALSE(seen_by(nobody()));
  EXPECT_FALSE(photos_.rendition(nobody(), PublicId::random(), 320, Encoding::webp));
  EXPECT_FALSE(photos_.rendition(viewer(mere_), id, 321, Encoding::webp));
}

TEST_P(PhotosTest, GivesTheOriginalToItsOwnerAlone) {
  const PublicId id = add(mere_, "photo").id;
  story(id, {{Key::everyone()}});
  EXPECT_TRUE(photos_.original(viewer(mere_), id));
  EXPECT_FALSE(photos_.original(viewer(tama_), id));
  EXPECT_FALSE(photos_.original(nobody(), id));
  EXPECT_FALSE(photos_.original(viewer(mere_), PublicId::random()));
}

TEST_P(PhotosTest, KeepsASealedAlbumShutForItsOwnerToo) {
  const PublicId id = add(mere_, "photo").id;
  const PhotoId photo = row(mere_, id);
  const auto seal = [&](ItemId album, bool sealed) {
    database().write([&](db::Tx& tx) { items_.set_sealed(tx, album, sealed); });
  };
  const ItemId album = database().write([&](db::Tx& tx) {
    const ItemId item = items_.create(tx, ItemKind::album, mere_, clock_.now());
    items_.set_photos(tx, item, {photo});
    return item;
  });
  EXPECT_EQ(photos_.mine(viewer(mere_), {}, 10).photos.size(), 1u);
  seal(album, true);
  EXPECT_FALSE(photos_.original(viewer(mere_), id));
  EXPECT_FALSE(photos_.rendition(viewer(mere_), id, 320, Encoding::webp));
  EXPECT_TRUE(photos_.mine(viewer(mere_), {}, 10).photos.empty());
  seal(album, false);
  EXPECT_TRUE(photos_.original(viewer(mere_), id));
}

TEST_P(PhotosTest, ListsOnesOwnNewestFirstPageByPage) {
  std::vector<PublicId> ids;
  for (int i = 0; i < 5; ++i) ids.insert(ids.begin(), add(mere_, "photo " + std::to_string(i)).id);
  add(tama_, "photo of somebody else");
  std::vector<PublicId> listed;
  std::optional<PublicId> after;
  std::vector<std::size_t> sizes;
  do {
    const PhotoPage page = photos_.mine(viewer(mere_), after, 2);
    for (const Photo& photo : page.photos) listed.push_back(photo.id);
    sizes.push_back(page.photos.size());
    after = page.next;
  } while (after);
  EXPECT_EQ(listed, ids);
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2, 1}));
  const Photo newest = photos_.mine(viewer(mere_), {}, 1).photos.at(0);
  EXPECT_EQ(newest.owner, mere_);
  EXPECT_EQ(newest.media_type, "image/png");
  EXPECT_EQ(newest.extent, (Extent{4000, 3000}));
  EXPECT_EQ(newest.size, 7);
  EXPECT_EQ(newest.uploaded, clock_.now());
  EXPECT_TRUE(photos_.mine(nobody(), {}, 10).photos.empty());
}

TEST_P(PhotosTest, DestroysTheKeysOfWhatIsRemovedAndThenTheFiles) {
  const PublicId id = add(mere_, "photo").id, other = add(mere_, "photo 2").id;
  const auto opened = photos_.original(viewer(mere_), id);
  EXPECT_FALSE(photos_.remove(viewer(mere_), id).refused());
  EXPECT_FALSE(photos_.original(viewer(mere_), id));
  EXPECT_FALSE(photos_.rendition(viewer(mere_), id, 320, Encoding::webp));
  EXPECT_EQ(rows("photo"), 1);
  EXPECT_EQ(rows("blob"), 7);
  EXPECT_EQ(rows("rendition"), 6);
  EXPECT_EQ(rows("job WHERE kind = 'blob-removal'"), 1);
  EXPECT_EQ(blob_count(), 14);
  photos::remove_forgotten_blobs(database(), *blobs_, copies_);
  photos::remove_forgotten_blobs(database(), *blobs_, copies_);
  EXPECT_EQ(blob_count(), 7);
  EXPECT_EQ(rows("forgotten_blob"), 0);
  EXPECT_THROW(photos_.open(*opened), blobs::Missing);
  EXPECT_EQ(read(*photos_.original(viewer(mere_), other)), "photo 2");
  EXPECT_FALSE(add(mere_, "photo").already);
}

TEST_P(PhotosTest, KeepsAPlainCopyOfWhatIsAskedForAgainUntilItIsRemoved) {
  const PublicId id = add(mere_, "photo").id;
  const auto file = *photos_.rendition(viewer(mere_), id, 320, Encoding::webp);
  EXPECT_FALSE(photos_.plain_copy(file, true));
  EXPECT_FALSE(photos_.plain_copy(file, false));
  const SharedFile copy = photos_.plain_copy(file, true);
  ASSERT_TRUE(copy);
  Bytes bytes(copy->size);
  read_at(copy->descriptor, 0, bytes);
  EXPECT_EQ(as_text(bytes), FakeWorkers::bytes_of(320, Encoding::webp));
  EXPECT_TRUE(photos_.plain_copy(file, false));
  EXPECT_FALSE(photos_.remove(viewer(mere_), id).refused());
  EXPECT_EQ(copies_.counts().kept, 0u);
  EXPECT_FALSE(photos_.plain_copy(file, false));
}

TEST_P(PhotosTest, KeepsNoPlainCopyOfWhatWasRemovedBeforeItWasMade) {
  const PublicId id = add(mere_, "photo").id;
  const auto file = *photos_.rendition(viewer(mere_), id, 320, Encoding::webp);
  EXPECT_FALSE(photos_.plain_copy(file, true));
  EXPECT_FALSE(photos_.remove(viewer(mere_), id).refused());
  EXPECT_TRUE(photos_.plain_copy(file, true));  // for the one who was let in before
  EXPECT_EQ(copies_.counts().kept, 0u);
}

TEST_P(PhotosTest, EndsWhatWasDecidedBeforeWhenAPhotoIsRemoved) {
  const PublicId id = add(mere_, "photo").id;
  const auto before = epoch_.current();
  EXPECT_FALSE(photos_.remove(viewer(mere_), id).refused());
  EXPECT_GT(epoch_.current(), before);
}

TEST_P(PhotosTest, RemovesNothingThatAStoryHoldsOrSomebodyElseOwns) {
  const PublicId id = add(mere_, "photo").id;
  const ItemId item = story(id, {});
  EXPECT_EQ(photos_.remove(viewer(mere_), id).refusal().kind, Refused::conflict);
  EXPECT_EQ(photos_.remove(viewer(tama_), id).refusal().kind, Refused::not_found);
  EXPECT_EQ(photos_.remove(viewer(mere_), PublicId::random()).refusal().kind, Refused::not_found);
  EXPECT_EQ(photos_.remove(nobody(), id).refusal().kind, Refused::sign_in);
  EXPECT_TRUE(photos_.original(viewer(mere_), id));
  database().write([&](db::Tx& tx) { items_.set_photos(tx, item, {}); });
  EXPECT_FALSE(photos_.remove(viewer(mere_), id).refused());
}

TEST_P(PhotosTest, LeavesAJobForTheMirrorWithEachPhotoAndEachRemoval) {
  add(mere_, "photo 1");
  EXPECT_EQ(rows("job"), 0);
  Photos mirrored = with({folder_ / "tmp", 1000, 0, true});
  const PublicId id = mirrored.add(viewer(mere_), source("photo 2"))->id;
  EXPECT_TRUE(mirrored.add(viewer(mere_), source("photo 2"))->already);
  const auto payloads = database().read([](db::Reader& reader) {
    return reader.all("SELECT payload FROM job WHERE kind = 'mirror-copy'",
                      [](const db::Row& row) { return row.text(0); });
  });
  ASSERT_EQ(payloads.size(), 1u);
  const auto names = photos::names_in(payloads.front());
  EXPECT_EQ(names.size(), 7u);
  for (const PublicId& name : names) EXPECT_NO_THROW(blobs_->file(name));
  EXPECT_FALSE(mirrored.remove(viewer(mere_), id).refused());
  std::vector<PublicId> told;
  photos::remove_forgotten_blobs(
      database(), *blobs_, copies_,
      [&](db::Tx&, std::span<const PublicId> removed) { told.assign(removed.begin(), removed.end()); });
  EXPECT_TRUE(std::is_permutation(told.begin(), told.end(), names.begin(), names.end()));
}

TEST_P(PhotosTest, ForgetsEveryPhotoOfAPersonWhoGoes) {
  for (int i = 0; i < 4; ++i) add(mere_, "photo " + std::to_string(i));
  const PublicId his = add(tama_, "photo").id;
  database().write([&](db::Tx& tx) {
    photos_.forget_all_of(tx, mere_);
    tx.execute("DELETE FROM person WHERE id = $1", mere_);
  });
  photos::remove_forgotten_blobs(database(), *blobs_, copies_);
  EXPECT_EQ(blob_count(), 7);
  EXPECT_EQ(read(*photos_.original(viewer(tama_), his)), "photo");
}

TEST_P(PhotosTest, FindsAPersonsPhotosInTheOrderAskedFor) {
  std::vector<PublicId> ids;
  for (int i = 0; i < 18; ++i) ids.push_back(add(mere_, "photo " + std::to_string(i)).id);
  std::reverse(ids.begin(), ids.end());
  std::vector<PublicId> asked = ids;
  asked.insert(asked.begin() + 3, {add(tama_, "photo").id, PublicId::random()});
  const auto found =
      database().read([&](db::Reader& reader) { return photos::by_ids(reader, mere_, asked); });
  std::vector<PublicId> found_ids;
  std::vector<PhotoId> found_rows;
  for (const Photo& photo : found) {
    found_ids.push_back(photo.id);
    found_rows.push_back(photo.row);
  }
  EXPECT_EQ(found_ids, ids);
  found_rows.push_back(PhotoId{12345});
  const auto by_rows =
      database().read([&](db::Reader& reader) { return photos::by_rows(reader, found_rows); });
  ASSERT_EQ(by_rows.size(), ids.size());
  EXPECT_EQ(by_rows.front().id, ids.front());
  EXPECT_EQ(by_rows.back().id, ids.back());
  EXPECT_TRUE(
      database().read([](db::Reader& reader) { return photos::by_ids(reader, PersonId{1}, {}); }).empty());
}

KEEPSAKE_ON_BOTH_ENGINES(PhotosTest);

}  // namespace
}  // namespace keepsake

#include "upkeep/verification.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/file.h"
#include "photo/photo_store.h"
#include "photo/photos.h"
#include "support/databases.h"
#include "support/new_photo.h"
#include "support/persons.h"
#include "support/temporary_folder.h"
#include "upkeep/run_store.h"
#include "upkeep/verification_store.h"

namespace keepsake {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

struct Enough {};

class VerificationTest : public support::StoreTest {
 protected:
  const support::TemporaryFolder folder_;
  const blobs::InstanceKey key_ = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  std::unique_ptr<blobs::BlobStore> blobs_ = blobs::open_file_store(folder_ / "blobs", folder_ / "tmp", key_);
  support::Persons persons_{database()};
  ManualClock clock_{SystemClock().now()};
  const PersonId mere_ = persons_.add("mere");
  Mirror mirror_{database(), key_, folder_ / "mirror"};
  Mirror none_{database(), key_, {}};
  Verification alone_{{database(), *blobs_, key_, none_, clock_}};
  Verification mirrored_{{database(), *blobs_, key_, mirror_, clock_}};
  std::vector<Found> found_;

  void SetUp() override { fs::create_directory(folder_ / "mirror"); }

  blobs::BlobRef keep(const std::string& text) { return support::keep(*blobs_, text); }
  struct Added {
    PublicId id;
    blobs::BlobRef original, rendition;
  };
  Added add(const std::string& text) {
    auto photo = support::new_photo(*blobs_, key_, mere_, text, clock_.now());
    photo.renditions = {
        {.edge = 320, .encoding = Encoding::jpeg, .extent = {4, 3}, .blob = keep("small " + text)}};
    database().write([&](db::Tx& tx) { photo_store::insert(tx, photo); });
    return {photo.id, photo.original, photo.renditions.front().blob};
  }
  void remove_photo(const PublicId& id) {
    database().write([&](db::Tx& tx) {
      const PhotoId row = photo_store::find(tx, mere_, id).value();
      photo_store::remove(tx, {&row, 1});
    });
  }
  VerifyResult verify(Verification& verification, bool remove_orphans = false) {
    found_.clear();
    return verification.run(
        {.remove_orphans = remove_orphans, .found = [&](const Found& found) { found_.push_back(found); }});
  }

  fs::path place(const PublicId& name) const {
    return folder_ / "blobs" / name.text().substr(0, 2) / name.text();
  }
  fs::path in_mirror(const PublicId& name) const {
    return folder_ / "mirror" / "blobs" / name.text().substr(0, 2) / name.text();
  }
  static std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static void spoil(const fs::path& file) {
    std::string bytes = content(file);
    ASSERT_FALSE(bytes.empty()) << file;
    bytes.at(10) = static_cast<char>(bytes.at(10) ^ 1);
    std::ofstream(file, std::ios::binary) << bytes;
  }
  static void make_old(const fs::path& file) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - hours(2));
  }
  std::optional<UpkeepRun> noted() {
    return database().read([](db::Reader& reader) { return upkeep::last(reader, Upkeep::verification); });
  }
  std::optional<VerifyResult> last() {
    return database().read([](db::Reader& reader) { return Verification::last(reader); });
  }
};
KEEPSAKE_ON_BOTH_ENGINES(VerificationTest);

TEST_P(VerificationTest, SaysThatAllIsWell) {
  add("one");
  add("another");
  const auto result = verify(alone_);
  EXPECT_TRUE(result.sound());
  EXPECT_EQ(result.counts.files, 4);
  EXPECT_EQ(result.counts.bytes, 3 + 9 + 7 + 13);
  EXPECT_TRUE(found_.empty());
  ASSERT_TRUE(noted());
  EXPECT_TRUE(noted()->sound);
  EXPECT_EQ(last()->counts.files, 4);
  EXPECT_EQ(last()->ended, clock_.now());
}

TEST_P(VerificationTest, NamesThePhotoOfWhatIsMissingOrDamaged) {
  const Added one = add("one"), other = add("another");
  fs::remove(place(one.rendition.name));
  spoil(place(other.original.name));
  const auto result = verify(alone_);
  EXPECT_FALSE(result.sound());
  EXPECT_EQ(result.counts.missing, 1);
  EXPECT_EQ(result.counts.damaged, 1);
  EXPECT_EQ(result.counts.repaired, 0);
  ASSERT_EQ(found_.size(), 2u);
  std::ranges::sort(found_, {}, &Found::what);
  EXPECT_EQ(found_[0].what, Found::What::missing);
  EXPECT_EQ(found_[0].part->photo, one.id);
  EXPECT_EQ(found_[0].part->owner, "mere");
  EXPECT_EQ(found_[0].part->edge, 320);
  EXPECT_EQ(found_[1].what, Found::What::damaged);
  EXPECT_EQ(found_[1].part->photo, other.id);
  EXPECT_EQ(found_[1].part->edge, 0);
  EXPECT_FALSE(noted()->sound);
}

TEST_P(VerificationTest, TwoFilesInEachOthersPlaceAreBothDamaged) {
  const Added one = add("one"), two = add("two");
  fs::rename(place(one.original.name), folder_ / "aside");
  fs::rename(place(two.original.name), place(one.original.name));
  fs::rename(folder_ / "aside", place(two.original.name));
  EXPECT_EQ(verify(alone_).counts.damaged, 2);
}

// Every byte opens, and yet it is not what its owner sent.
TEST_P(VerificationTest, AnOriginalIsHeldToTheDigestItCameWith) {
  const Added one = add("one");
  const Bytes sealed = PhotoDigests(key_).seal({sha256("something else")});
  database().write([&](db::Tx& tx) { tx.execute("UPDATE photo SET sealed_digest = $1", sealed); });
  EXPECT_EQ(verify(mirrored_).counts.damaged, 1);
  database().write([&](db::Tx& tx) { tx.execute("UPDATE photo SET sealed_digest = $1", Bytes(10)); });
  const auto result = verify(mirrored_);
  EXPECT_EQ(result.counts.damaged, 1);
  EXPECT_EQ(result.counts.repaired, 0);
  EXPECT_EQ(found_.at(0).blob, one.original.name);
}

TEST_P(VerificationTest, OrphansAreReportedAndRemovedOnlyWhenAsked) {
  const Added one = add("one");
  const PublicId orphan = keep("left behind").name, young = keep("on its way").name;
  const PublicId forgotten = one.original.name;
  remove_photo(one.id);
  for (const PublicId& name : {orphan, forgotten}) make_old(place(name));
  auto result = verify(alone_);
  EXPECT_TRUE(result.sound());
  EXPECT_EQ(result.counts.files, 0);
  EXPECT_EQ(result.counts.orphans, 1);
  EXPECT_EQ(found_.at(0).blob, orphan);
  EXPECT_TRUE(fs::exists(place(orphan)));
  result = verify(alone_, true);
  EXPECT_EQ(result.counts.removed, 1);
  EXPECT_FALSE(fs::exists(place(orphan)));
  EXPECT_TRUE(fs::exists(place(young)));
  EXPECT_TRUE(fs::exists(place(forgotten)));
}

TEST_P(VerificationTest, TheMirrorIsFilledAndMended) {
  const Added one = add("one"), two = add("two");
  EXPECT_EQ(verify(mirrored_).counts.copied, 4);
  EXPECT_EQ(content(in_mirror(one.original.name)), content(place(one.original.name)));
  spoil(in_mirror(one.original.name));
  fs::remove(in_mirror(two.rendition.name));
  const auto result = verify(mirrored_);
  EXPECT_TRUE(result.sound());
  EXPECT_EQ(result.counts.copied, 1);
  EXPECT_EQ(result.counts.mended, 1);
  for (const PublicId& name : {one.original.name, two.rendition.name})
    EXPECT_EQ(content(in_mirror(name)), content(place(name)));
}

TEST_P(VerificationTest, WhatIsMissingOrDamagedIsRepairedFromTheMirror) {
  const Added one = add("one"), two = add("two");
  verify(mirrored_);
  const std::string before = content(place(one.original.name));
  spoil(place(one.original.name));
  fs::remove(place(two.rendition.name));
  const auto result = verify(mirrored_);
  EXPECT_TRUE(result.sound());
  EXPECT_EQ(result.counts.missing, 1);
  EXPECT_EQ(result.counts.damaged, 1);
  EXPECT_EQ(result.counts.repaired, 2);
  EXPECT_TRUE(found_.at(0).mended && found_.at(1).mended);
  EXPECT_EQ(content(place(one.original.name)), before);
  EXPECT_TRUE(noted()->sound);
  EXPECT_EQ(verify(mirrored_).counts.damaged, 0);
}

TEST_P(VerificationTest, WhatIsDamagedInBothStaysAsItIsAndIsSaid) {
  const Added one = add("one"), two = add("two");
  verify(mirrored_);
  spoil(place(one.original.name));
  spoil(in_mirror(one.original.name));
  fs::remove(place(two.original.name));
  fs::remove(in_mirror(two.original.name));
  const std::string here = content(place(one.original.name)), there = content(in_mirror(one.original.name));
  const auto result = verify(mirrored_);
  EXPECT_FALSE(result.sound());
  EXPECT_EQ(result.counts.missing, 1);
  EXPECT_EQ(result.counts.damaged, 1);
  EXPECT_EQ(result.counts.repaired, 0);
  EXPECT_EQ(content(place(one.original.name)), here);
  EXPECT_EQ(content(in_mirror(one.original.name)), there);
}

TEST_P(VerificationTest, OrphansInTheMirrorAreToldApart) {
  const Added one = add("one");
  verify(mirrored_);
  remove_photo(one.id);
  database().write([](db::Tx& tx) { tx.execute("DELETE FROM forgotten_blob"); });
  for (const PublicId& name : {one.original.name, one.rendition.name}) {
    blobs_->remove(name);
    make_old(in_mirror(name));
  }
  EXPECT_EQ(verify(mirrored_).counts.orphans, 2);
  EXPECT_TRUE(found_.at(0).in_mirror);
  verify(mirrored_, true);
  EXPECT_FALSE(fs::exists(in_mirror(one.original.name)));
}

TEST_P(VerificationTest, WithoutItsMirrorItIsNotSound) {
  add("one");
  fs::remove(folder_ / "mirror");
  const auto result = verify(mirrored_);
  EXPECT_EQ(result.mirror, MirrorState::absent);
  EXPECT_FALSE(result.sound());
  EXPECT_EQ(result.counts.damaged + result.counts.missing, 0);
}

TEST_P(VerificationTest, ManyPagesAreReadByTwoThreads) {
  std::vector<Added> all;
  for (int i = 0; i < 150; ++i) all.push_back(add("photo " + std::to_string(i)));
  fs::remove(place(all.back().rendition.name));
  spoil(place(all.front().original.name));
  const auto result = verify(alone_);
  EXPECT_EQ(result.counts.files, 300);
  EXPECT_EQ(result.counts.missing + result.counts.damaged, 2);
}

TEST_P(VerificationTest, TheServersRoundGoesOnWhereItWasLeft) {
  for (const char* text : {"one", "two", "three", "four"}) add(text);
  int asked = 0;
  const blobs::Pace ends = [&](std::int64_t) {
    if (++asked > 3) throw Enough();
  };
  EXPECT_THROW(alone_.go_on(ends), Enough);
  EXPECT_FALSE(last());
  asked = 0;
  EXPECT_THROW(alone_.go_on(ends), Enough);
  asked = -100;
  alone_.go_on(ends);
  ASSERT_TRUE(last());
  EXPECT_EQ(last()->counts.files, 8);
  EXPECT_EQ(asked, -100 + 2);  // nothing was read twice
  EXPECT_TRUE(noted()->sound);
}

TEST_P(VerificationTest, TheServersRoundComesOnceAWeek) {
  int asked = 0;
  const blobs::Pace counted = [&](std::int64_t) { ++asked; };
  add("one");
  alone_.go_on(counted);
  EXPECT_EQ(asked, 2);
  clock_.advance(hours(7 * 24 - 1));
  alone_.go_on(counted);
  EXPECT_EQ(asked, 2);
  clock_.advance(hours(1));
  alone_.go_on(counted);
  EXPECT_EQ(asked, 4);
}

TEST_P(VerificationTest, OneServerAtATimeIsAtIt) {
  add("one");
  int asked = 0;
  alone_.go_on([&](std::int64_t) {
    if (++asked == 1) mirrored_.go_on([&](std::int64_t) { asked += 100; });
  });
  EXPECT_EQ(asked, 2);
  // Killed in the midst of it, it lets go after a while.
  database().write([&](db::Tx& tx) {
    verification_store::keep_round(tx, {.place = 0, .sum = {.begun = clock_.now()}},
                                   clock_.now() + Verification::lease);
  });
  const blobs::Pace counted = [&](std::int64_t) { ++asked; };
  alone_.go_on(counted);
  EXPECT_EQ(asked, 2);
  clock_.advance(Verification::lease);
  alone_.go_on(counted);
  EXPECT_EQ(asked, 4);
}

TEST_P(VerificationTest, WhatIsRemovedMeanwhileIsNoFault) {
  const Added one = add("one");
  alone_.go_on([&, gone = false](std::int64_t) mutable {
    if (gone) return;
    gone = true;
    remove_photo(one.id);
    blobs_->remove(one.original.name);
    blobs_->remove(one.rendition.name);
  });
  EXPECT_TRUE(last()->sound());
}

TEST_P(VerificationTest, TheMirrorIsFilledWithoutReadingWhatItHas) {
  const Added one = add("one");
  verify(mirrored_);
  const Added two = add("two");
  spoil(place(two.rendition.name));
  std::ofstream(in_mirror(one.rendition.name), std::ios::binary) << "short";
  EXPECT_EQ(mirrored_.fill_mirror({}), 2);
  EXPECT_EQ(content(in_mirror(two.original.name)), content(place(two.original.name)));
  EXPECT_EQ(content(in_mirror(one.rendition.name)), content(place(one.rendition.name)));
  EXPECT_FALSE(fs::exists(in_mirror(two.rendition.name)));
  fs::remove(place(two.rendition.name));
  EXPECT_EQ(mirrored_.fill_mirror([](std::int64_t) { throw Enough(); }), 0);  // nothing is read
}

}  // namespace
}  // namespace keepsake

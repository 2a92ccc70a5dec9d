#include "upkeep/mirror.h"

#include <fstream>
#include <vector>

#include "photo/photos.h"
#include "support/databases.h"
#include "support/temporary_folder.h"

namespace keepsake {
namespace {

namespace fs = std::filesystem;

class MirrorTest : public support::StoreTest {
 protected:
  const support::TemporaryFolder folder_;
  const blobs::InstanceKey key_ = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  std::unique_ptr<blobs::BlobStore> blobs_ = blobs::open_file_store(folder_ / "blobs", folder_ / "tmp", key_);
  const fs::path place_ = folder_ / "mirror";
  Mirror mirror_{database(), key_, place_};

  MirrorState state(Mirror& mirror) {
    const bool opened = mirror.open() != nullptr;
    EXPECT_EQ(opened, mirror.state() == MirrorState::ready);
    return mirror.state();
  }
  // A blob with its row.
  PublicId keep(const std::string& text) {
    const auto writer = blobs_->create();
    writer->write(as_byte_view(text));
    const blobs::BlobRef blob = writer->keep();
    database().write([&](db::Tx& tx) {
      tx.execute("INSERT INTO blob (name, wrapped_key, size) VALUES ($1, $2, $3)", blob.name,
                 blob.wrapped_key, blob.size);
    });
    return blob.name;
  }
  static jobs::Job job(const std::vector<PublicId>& names, std::int64_t attempt = 1) {
    return {{}, "", photos::name_list(names), attempt};
  }
  bool has(const PublicId& name) {
    return fs::exists(place_ / "blobs" / name.text().substr(0, 2) / name.text());
  }
};
KEEPSAKE_ON_BOTH_ENGINES(MirrorTest);

TEST_P(MirrorTest, AnEmptyDirectoryBecomesTheMirrorOnce) {
  EXPECT_EQ(state(mirror_), MirrorState::absent);
  fs::create_directories(place_ / "lost+found");
  EXPECT_EQ(state(mirror_), MirrorState::ready);
  EXPECT_TRUE(fs::exists(place_ / "keepsake-mirror"));
  EXPECT_EQ(state(mirror_), MirrorState::ready);
}

TEST_P(MirrorTest, AnEmptyDirectoryInItsPlaceIsNotFilled) {
  fs::create_directory(place_);
  state(mirror_);
  fs::rename(place_, folder_ / "unplugged");
  EXPECT_EQ(state(mirror_), MirrorState::absent);
  fs::create_directory(place_);
  EXPECT_EQ(state(mirror_), MirrorState::unmarked);
  EXPECT_TRUE(fs::is_empty(place_));
  fs::remove(place_);
  fs::rename(folder_ / "unplugged", place_);
  EXPECT_EQ(state(mirror_), MirrorState::ready);
}

TEST_P(MirrorTest, ANewDiskIsTakenWhenToldSo) {
  fs::create_directory(place_);
  state(mirror_);
  fs::remove_all(place_);
  fs::create_directory(place_);
  EXPECT_EQ(state(mirror_), MirrorState::unmarked);
  mirror_.begin_anew();
  EXPECT_EQ(state(mirror_), MirrorState::ready);
}

TEST_P(MirrorTest, ADirectoryWithOtherThingsIsLeftAlone) {
  fs::create_directory(place_);
  std::ofstream(place_ / "letters.txt") << "not ours";
  EXPECT_EQ(state(mirror_), MirrorState::foreign);
  EXPECT_EQ(std::distance(fs::directory_iterator(place_), {}), 1);
  mirror_.begin_anew();
  EXPECT_EQ(state(mirror_), MirrorState::foreign);
}

TEST_P(MirrorTest, AnotherKeepsakesMirrorIsLeftAlone) {
  fs::create_directory(place_);
  const auto other_key = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{6}));
  Mirror other(database(), other_key, place_);
  EXPECT_EQ(state(other), MirrorState::ready);
  EXPECT_EQ(state(mirror_), MirrorState::foreign);
}

TEST_P(MirrorTest, AMirrorThatMovedIsKnownByItsMark) {
  fs::create_directory(place_);
  state(mirror_);
  fs::rename(place_, folder_ / "moved");
  Mirror moved(database(), key_, folder_ / "moved");
  EXPECT_EQ(state(moved), MirrorState::ready);
  fs::rename(folder_ / "moved", folder_ / "away");
  fs::create_directory(folder_ / "moved");
  EXPECT_EQ(state(moved), MirrorState::unmarked);
}

TEST_P(MirrorTest, WhatIsKeptIsCopiedAndWhatIsForgottenIsRemoved) {
  fs::create_directory(place_);
  const PublicId one = keep("one"), two = keep("two");
  mirror::copy(mirror_, database(), *blobs_, job({one, two}));
  mirror::copy(mirror_, database(), *blobs_, job({one, two}));
  EXPECT_TRUE(has(one) && has(two));
  mirror::remove(mirror_, job({two}));
  mirror::remove(mirror_, job({two}));
  EXPECT_TRUE(has(one));
  EXPECT_FALSE(has(two));
}

TEST_P(MirrorTest, WhatIsRemovedBeforeItsCopyIsNotLeftThere) {
  fs::create_directory(place_);
  const PublicId one = keep("one"), two = keep("two");
  database().write([&](db::Tx& tx) { tx.execute("DELETE FROM blob WHERE name = $1", one); });
  blobs_->remove(two);
  mirror::copy(mirror_, database(), *blobs_, job({one, two}));
  EXPECT_FALSE(has(one));
  EXPECT_FALSE(has(two));
}

TEST_P(MirrorTest, WithoutTheMirrorAJobIsTriedAgainAndGivenUpInTheEnd) {
  const PublicId one = keep("one");
  EXPECT_THROW(mirror::copy(mirror_, database(), *blobs_, job({one})), mirror::Away);
  EXPECT_THROW(mirror::remove(mirror_, job({one})), mirror::Away);
  EXPECT_NO_THROW(mirror::copy(mirror_, database(), *blobs_, job({one}, 100)));
  EXPECT_NO_THROW(mirror::remove(mirror_, job({one}, 100)));
  Mirror none(database(), key_, {});
  EXPECT_NO_THROW(mirror::copy(none, database(), *blobs_, job({one})));
  EXPECT_EQ(none.open(), nullptr);
  EXPECT_EQ(none.state(), MirrorState::none);
}

}  // namespace
}  // namespace keepsake

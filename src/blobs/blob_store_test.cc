#include "blobs/blob_store.h"

#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include "base/file.h"
#include "support/temporary_folder.h"

namespace keepsake::blobs {
namespace {

namespace fs = std::filesystem;

// The same bytes every time, unlike each other everywhere.
Bytes noise(std::size_t size) {
  Bytes bytes(size);
  std::mt19937 generator(1);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(generator());
  return bytes;
}

class FileStore : public testing::Test {
 protected:
  const support::TemporaryFolder folder_;
  const InstanceKey key_ = InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  std::unique_ptr<BlobStore> store_ = open(key_);

  std::unique_ptr<BlobStore> open(const InstanceKey& key) const {
    return open_file_store(folder_ / "blobs", folder_ / "tmp", key);
  }
  BlobRef keep(ByteView bytes) {
    const auto writer = store_->create();
    writer->write(bytes);
    return writer->keep();
  }
  Bytes read(const BlobRef& blob) const {
    const auto reader = store_->open(blob);
    Bytes bytes(static_cast<std::size_t>(reader->size()));
    EXPECT_EQ(reader->read(0, bytes), bytes.size());
    return bytes;
  }
  fs::path file(const PublicId& name) const {
    return folder_.path() / "blobs" / name.text().substr(0, 2) / name.text();
  }
  Bytes file_bytes(const BlobRef& blob) const {
    std::ifstream stream(file(blob.name), std::ios::binary);
    return to_bytes(std::string{std::istreambuf_iterator<char>(stream), {}});
  }
  void set_file(const BlobRef& blob, ByteView bytes) const {
    const std::string_view text = as_text(bytes);
    std::ofstream(file(blob.name), std::ios::binary) << text;
  }
  std::ptrdiff_t unfinished() const { return std::distance(fs::directory_iterator(folder_ / "tmp"), {}); }
};

TEST_F(FileStore, GivesBackWhatWasKept) {
  for (const std::size_t size : {0u, 1u, 65535u, 65536u, 65537u, 131072u, 3u << 20}) {
    const Bytes bytes = noise(size);
    const BlobRef blob = keep(bytes);
    EXPECT_EQ(blob.size, static_cast<std::int64_t>(size));
    EXPECT_EQ(read(blob), bytes) << size;
  }
  EXPECT_EQ(unfinished(), 0);
}

TEST_F(FileStore, TakesBytesInPiecesOfAnySize) {
  const Bytes bytes = noise(200'000);
  const auto writer = store_->create();
  for (std::size_t at = 0, piece = 1; at < bytes.size(); at += piece, piece = piece * 3 % 70'001) {
    writer->write(ByteView(bytes).subspan(at, std::min(piece, bytes.size() - at)));
  }
  EXPECT_EQ(read(writer->keep()), bytes);
}

TEST_F(FileStore, ReadsAnyRange) {
  const Bytes bytes = noise(200'000);
  const auto reader = store_->open(keep(bytes));
  for (const std::int64_t from : {0, 1, 65535, 65536, 131071, 199'999, 70'000, 3}) {
    for (const std::size_t count : {0u, 1u, 2u, 65536u, 140'000u}) {
      Bytes into(count);
      const std::size_t expected = std::min(count, bytes.size() - static_cast<std::size_t>(from));
      ASSERT_EQ(reader->read(from, into), expected);
      EXPECT_TRUE(std::equal(into.begin(), into.begin() + static_cast<std::ptrdiff_t>(expected),
                             bytes.begin() + from));
    }
  }
  Bytes into(10);
  EXPECT_EQ(reader->read(200'000, into), 0u);
  EXPECT_EQ(reader->read(INT64_MAX, into), 0u);
}

TEST_F(FileStore, LeavesNothingReadableOnTheDisk) {
  const std::string words = "the words of a hard chapter of life";
  std::string text;
  while (text.size() < 200'000) text += words;
  const BlobRef blob = keep(as_byte_view(text));
  EXPECT_EQ(as_text(file_bytes(blob)).find(words.substr(0, 8)), std::string_view::npos);
  EXPECT_NE(file_bytes(blob), file_bytes(keep(as_byte_view(text))));
  struct stat status{};
  ASSERT_EQ(::stat(file(blob.name).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  ASSERT_EQ(::stat(file(blob.name).parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0700u);
}

TEST_F(FileStore, NoticesEveryChangedByte) {
  const BlobRef blob = keep(noise(300));
  const Bytes whole = file_bytes(blob);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Bytes changed = whole;
    changed[at] ^= std::byte{0x10};
    set_file(blob, changed);
    EXPECT_THROW(read(blob), Damaged) << at;
  }
}

TEST_F(FileStore, NoticesAChangeInTheChunkItIsInAlone) {
  const Bytes bytes = noise(200'000);
  const BlobRef blob = keep(bytes);
  Bytes changed = file_bytes(blob);
  changed[100'000] ^= std::byte{1};
  set_file(blob, changed);
  const auto reader = store_->open(blob);
  Bytes into(65536);
  EXPECT_EQ(reader->read(0, into), 65536u);
  EXPECT_THROW(reader->read(65536, into), Damaged);
  EXPECT_THROW(reader->read(65536, into), Damaged);
  EXPECT_EQ(reader->read(131072, into), 65536u);
  EXPECT_TRUE(std::equal(into.begin(), into.end(), bytes.begin() + 131072));
}

TEST_F(FileStore, NoticesChunksThatChangedPlaces) {
  const BlobRef blob = keep(noise(65536 * 3));
  Bytes file = file_bytes(blob);
  constexpr std::ptrdiff_t header = 8, chunk = 65536 + 16;
  std::swap_ranges(file.begin() + header, file.begin() + header + chunk, file.begin() + header + chunk);
  set_file(blob, file);
  EXPECT_THROW(read(blob), Damaged);
}

TEST_F(FileStore, NoticesACutOrAnAddition) {
  const BlobRef blob = keep(noise(65536 * 2 + 10));
  const Bytes whole = file_bytes(blob);
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{8}, std::size_t{8 + 65552},
                                 std::size_t{8 + 2 * 65552}, whole.size() - 1}) {
    set_file(blob, ByteView(whole).first(size));
    EXPECT_THROW(read(blob), Damaged) << size;
    // Not even when the database says the same: its size is sealed with the key.
    BlobRef shorter = blob;
    shorter.size = 65536 * static_cast<std::int64_t>(size / 65552);
    EXPECT_THROW(read(shorter), Damaged) << size;
  }
  Bytes longer = whole;
  longer.push_back(std::byte{0});
  set_file(blob, longer);
  EXPECT_THROW(read(blob), Damaged);
}

TEST_F(FileStore, NoticesABlobUnderAnotherName) {
  const BlobRef one = keep(noise(100)), two = keep(noise(100));
  fs::rename(file(one.name), file(two.name));
  EXPECT_THROW(read(two), Damaged);
  EXPECT_THROW(read(BlobRef{two.name, one.wrapped_key, one.size}), Damaged);
}

TEST_F(FileStore, OpensNothingUnderAnotherInstanceKey) {
  const BlobRef blob = keep(noise(100));
  const auto stranger = open(InstanceKey::from_bytes(Bytes(32, std::byte{6})));
  EXPECT_THROW(stranger->open(blob), Damaged);
  EXPECT_THROW(store_->open(BlobRef{blob.name, {}, blob.size}), Damaged);
  EXPECT_THROW(store_->open(BlobRef{blob.name, blob.wrapped_key, -1}), Damaged);
}

TEST_F(FileStore, SaysWhatIsMissingAndRemovesTwiceWithoutFault) {
  const BlobRef blob = keep(noise(100));
  store_->remove(blob.name);
  EXPECT_THROW(store_->open(blob), Missing);
  store_->remove(blob.name);
  store_->remove(PublicId::random());
}

TEST_F(FileStore, FollowsNoLink) {
  const BlobRef blob = keep(noise(100));
  fs::rename(file(blob.name), folder_ / "elsewhere");
  fs::create_symlink(folder_ / "elsewhere", file(blob.name));
  EXPECT_THROW(store_->open(blob), Damaged);
}

TEST_F(FileStore, LeavesNothingOfWhatWasNotKept) {
  {
    const auto writer = store_->create();
    writer->write(noise(100'000));
    EXPECT_EQ(unfinished(), 1);
  }
  EXPECT_EQ(unfinished(), 0);
  store_->for_each([](const PublicId&) { FAIL(); });
}

TEST_F(FileStore, EmptiesTheTemporaryFolderOfItsOwnLeftoversAlone) {
  const auto living = store_->create();
  std::ofstream(folder_.path() / "tmp" / ("blob-" + PublicId::random().text()))
      << "left by a process that died";
  std::ofstream(folder_ / "tmp/blob-notes.txt") << "somebody else's";
  std::ofstream(folder_ / "tmp/upload") << "somebody else's";
  EXPECT_EQ(unfinished(), 4);
  open(key_);
  EXPECT_EQ(unfinished(), 3);
  living->write(noise(10));
  EXPECT_EQ(read(living->keep()), noise(10));
  EXPECT_TRUE(fs::exists(folder_ / "tmp/upload"));
  EXPECT_TRUE(fs::exists(folder_ / "tmp/blob-notes.txt"));
}

TEST_F(FileStore, NamesWhatIsThere) {
  std::vector<PublicId> kept;
  for (int i = 0; i < 5; ++i) kept.push_back(keep(noise(10)).name);
  std::ofstream(file(kept[0]).parent_path() / "notes.txt") << "not a blob";
  std::vector<PublicId> named;
  store_->for_each([&](const PublicId& name) { named.push_back(name); });
  std::sort(kept.begin(), kept.end());
  std::sort(named.begin(), named.end());
  EXPECT_EQ(named, kept);
}

TEST_F(FileStore, IsReadAgainByALaterStart) {
  const BlobRef blob = keep(noise(100'000));
  store_ = open(key_);
  EXPECT_EQ(read(blob), noise(100'000));
}

TEST_F(FileStore, NeitherCrashesNorLiesWhateverLiesInItsPlace) {
  const Bytes plain = noise(70'000);
  const BlobRef blob = keep(plain);
  const Bytes whole = file_bytes(blob);
  std::mt19937 generator(2);
  for (int round = 0; round < 200; ++round) {
    Bytes changed = whole;
    for (int edits = 1 + static_cast<int>(generator() % 4); edits > 0; --edits) {
      const std::size_t at = generator() % changed.size();
      if (generator() % 4 == 0)
        changed.resize(at + 1);
      else
        changed[at] = static_cast<std::byte>(generator());
    }
    set_file(blob, changed);
    try {
      EXPECT_EQ(read(blob), plain);
      EXPECT_EQ(changed, whole);
    } catch (const Damaged&) {
      EXPECT_NE(changed, whole);
    }
  }
}

}  // namespace
}  // namespace keepsake::blobs

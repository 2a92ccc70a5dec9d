#include "blobs/blob_check.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <random>

#include "blobs/blob_format.h"
#include "support/temporary_folder.h"

namespace keepsake::blobs {
namespace {

namespace fs = std::filesystem;

Bytes noise(std::size_t size) {
  Bytes bytes(size);
  std::mt19937 generator(2);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(generator());
  return bytes;
}

class BlobCheckTest : public testing::Test {
 protected:
  const support::TemporaryFolder folder_;
  const InstanceKey key_ = InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  std::unique_ptr<BlobStore> store_ = open_file_store(folder_ / "blobs", folder_ / "tmp", key_);
  BlobCheck check_;

  BlobRef keep(ByteView bytes) {
    const auto writer = store_->create();
    writer->write(bytes);
    return writer->keep();
  }
  fs::path file(const PublicId& name) const {
    return folder_.path() / "blobs" / name.text().substr(0, 2) / name.text();
  }
  Bytes content(const BlobRef& blob) const {
    std::ifstream stream(file(blob.name), std::ios::binary);
    return to_bytes(std::string{std::istreambuf_iterator<char>(stream), {}});
  }
  void set(const BlobRef& blob, ByteView bytes) const {
    std::ofstream(file(blob.name), std::ios::binary) << as_text(bytes);
  }
  BlobState state(const BlobRef& blob) { return check_.state(*store_, blob); }
};

TEST_F(BlobCheckTest, WhatWasKeptIsSound) {
  for (const std::size_t size : {0u, 1u, 65536u, 65537u, 262144u, 700'000u}) {
    const Bytes bytes = noise(size);
    const BlobRef blob = keep(bytes);
    EXPECT_EQ(state(blob), BlobState::sound) << size;
    EXPECT_EQ(check_.state(*store_, blob, sha256(bytes)), BlobState::sound) << size;
    EXPECT_EQ(check_.state(*store_, blob, sha256("something else")), BlobState::damaged) << size;
  }
}

TEST_F(BlobCheckTest, AFlippedByteInAnyRegionIsDamage) {
  const BlobRef blob = keep(noise(200'000));
  const Bytes whole = content(blob);
  const auto second_chunk = static_cast<std::size_t>(chunk_place(1));
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{5}, std::size_t{8}, std::size_t{70}, second_chunk - 16, second_chunk - 1,
        second_chunk, whole.size() - 17, whole.size() - 1}) {
    Bytes changed = whole;
    changed[at] ^= std::byte{1};
    set(blob, changed);
    EXPECT_EQ(state(blob), BlobState::damaged) << at;
  }
  set(blob, whole);
  EXPECT_EQ(state(blob), BlobState::sound);
}

TEST_F(BlobCheckTest, CutLengthenedAndSwappedFilesAreDamage) {
  const BlobRef one = keep(noise(100'000)), other = keep(noise(100'000));
  const Bytes whole = content(one);
  set(one, ByteView(whole).first(whole.size() - 1));
  EXPECT_EQ(state(one), BlobState::damaged);
  set(one, {});
  EXPECT_EQ(state(one), BlobState::damaged);
  Bytes longer = whole;
  longer.push_back(std::byte{0});
  set(one, longer);
  EXPECT_EQ(state(one), BlobState::damaged);
  set(one, content(other));
  EXPECT_EQ(state(one), BlobState::damaged);
  EXPECT_EQ(state(other), BlobState::sound);
}

TEST_F(BlobCheckTest, WhatIsGoneIsMissing) {
  const BlobRef blob = keep(noise(10));
  fs::remove(file(blob.name));
  EXPECT_EQ(state(blob), BlobState::missing);
  fs::remove(file(blob.name).parent_path());
  EXPECT_EQ(state(blob), BlobState::missing);
}

TEST_F(BlobCheckTest, WhatIsNoFileIsDamage) {
  const BlobRef blob = keep(noise(10));
  fs::rename(file(blob.name), folder_ / "elsewhere");
  fs::create_symlink(folder_ / "elsewhere", file(blob.name));
  EXPECT_EQ(state(blob), BlobState::damaged);
  fs::remove(file(blob.name));
  fs::create_directory(file(blob.name));
  EXPECT_EQ(state(blob), BlobState::damaged);
  fs::remove(file(blob.name));
  ASSERT_EQ(::mkfifo(file(blob.name).c_str(), 0600), 0);
  EXPECT_EQ(state(blob), BlobState::damaged);
}

TEST_F(BlobCheckTest, AKeyOrASizeThatDiffersIsDamage) {
  BlobRef blob = keep(noise(10));
  blob.wrapped_key.back() ^= std::byte{1};
  EXPECT_EQ(state(blob), BlobState::damaged);
  blob = keep(noise(10));
  blob.size = 9;
  EXPECT_EQ(state(blob), BlobState::damaged);
}

TEST_F(BlobCheckTest, ThePaceIsAskedForEveryByteAndMayEndIt) {
  const BlobRef blob = keep(noise(700'000));
  std::int64_t asked = 0;
  BlobCheck paced([&](std::int64_t bytes) { asked += bytes; });
  EXPECT_EQ(paced.state(*store_, blob), BlobState::sound);
  EXPECT_EQ(asked, 700'000);
  struct Enough {};
  BlobCheck ended([](std::int64_t) { throw Enough(); });
  EXPECT_THROW(ended.state(*store_, blob), Enough);
}

// A copy in another store, and back.
TEST_F(BlobCheckTest, AReplacedFileIsTheSameBitForBit) {
  const auto other = open_file_store(folder_ / "mirror", folder_ / "unfinished", key_);
  const BlobRef blob = keep(noise(3'000'000));
  const Bytes whole = content(blob);
  EXPECT_THROW(other->file(blob.name), Missing);
  other->replace(blob.name, store_->file(blob.name));
  EXPECT_EQ(check_.state(*other, blob), BlobState::sound);
  const auto reader = store_->open(blob);
  set(blob, ByteView(whole).first(100));
  fs::remove(file(blob.name));
  store_->replace(blob.name, other->file(blob.name));
  EXPECT_EQ(content(blob), whole);
  set(blob, ByteView(whole).first(100));
  store_->replace(blob.name, other->file(blob.name));
  EXPECT_EQ(content(blob), whole);
  EXPECT_TRUE(fs::is_empty(folder_ / "tmp"));
  EXPECT_TRUE(fs::is_empty(folder_ / "unfinished"));
}

}  // namespace
}  // namespace keepsake::blobs

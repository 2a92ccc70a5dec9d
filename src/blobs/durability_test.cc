// What reaches the disk, and in which order: this program stands between the store and the system calls that
// matter.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "blobs/blob_store.h"
#include "support/temporary_folder.h"

namespace {

std::vector<std::string> calls;
int failing_write = 0, failing_sync = 0;  // the error to answer with, or 0

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

// The last part of what a descriptor points at: "tmp", "blobs", "ab" or a file's name.
std::string name_of(int descriptor) {
  return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor)).filename();
}

std::string name_of(const keepsake::support::TemporaryFolder& folder) {
  return folder.path().filename();
}

}  // namespace

extern "C" int fsync(int descriptor) {
  calls.push_back("fsync " + name_of(descriptor));
  if (failing_sync) return errno = failing_sync, -1;
  return real<int(int)>("fsync")(descriptor);
}
extern "C" ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  if (failing_write) return errno = failing_write, -1;
  return real<ssize_t(int, const void*, size_t, off_t)>("pwrite")(descriptor, bytes, count, offset);
}
extern "C" int renameat(int from, const char* old_name, int to, const char* new_name) noexcept {
  calls.push_back("rename " + std::string(old_name) + " " + name_of(to) + "/" + new_name);
  return real<int(int, const char*, int, const char*)>("renameat")(from, old_name, to, new_name);
}

namespace keepsake::blobs {
namespace {

namespace fs = std::filesystem;

class Durability : public testing::Test {
 protected:
  const support::TemporaryFolder folder_;
  std::unique_ptr<BlobStore> store_ =
      open_file_store(folder_ / "blobs", folder_ / "tmp", InstanceKey::from_bytes(Bytes(32, std::byte{5})));
  const Bytes bytes_ = Bytes(100'000, std::byte{1});

  void SetUp() override { calls.clear(); }
  void TearDown() override { failing_write = failing_sync = 0; }
  bool empty(const char* name) const {
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / name)) {
      if (entry.is_regular_file()) return false;
    }
    return true;
  }
};

TEST_F(Durability, SyncsTheFileThenMovesItThenSyncsItsFolder) {
  const auto writer = store_->create();
  writer->write(bytes_);
  const std::string name = writer->keep().name.text(), folder = name.substr(0, 2);
  EXPECT_EQ(calls,
            (std::vector<std::string>{"fsync blob-" + name, "fsync blobs",
                                      "rename blob-" + name + " " + folder + "/" + name, "fsync " + folder}));
}

TEST_F(Durability, ARemovalIsDurableBeforeItIsForgotten) {
  const auto writer = store_->create();
  writer->write(bytes_);
  const PublicId name = writer->keep().name;
  const std::string synced = "fsync " + name.text().substr(0, 2);
  for (int time = 1; time <= 2; ++time) {
    calls.clear();
    store_->remove(name);
    EXPECT_EQ(calls, std::vector<std::string>{synced}) << "time " << time;
  }
}

TEST_F(Durability, MakesFoldersDurableFromAboveAndThoseThatSomeoneElseLeft) {
  fs::create_directories(folder_ / "left");
  make_folders_durably(folder_ / "left/new/inside/");
  EXPECT_EQ(calls, (std::vector<std::string>{"fsync " + name_of(folder_), "fsync left", "fsync new"}));
  calls.clear();
  make_folders_durably(folder_ / "left/new");
  EXPECT_EQ(calls, std::vector<std::string>{"fsync left"});
}

TEST_F(Durability, MakesTheInstanceKeyDurable) {
  InstanceKey::open_or_create(folder_ / "keys");
  ASSERT_EQ(calls.size(), 4u);
  EXPECT_EQ(calls[1], "fsync " + name_of(folder_));
  EXPECT_TRUE(calls[2].starts_with("fsync instance.key."));
  EXPECT_EQ(calls[3], "fsync keys");
}

TEST_F(Durability, SaysThatTheDiskIsFullAndLeavesNothing) {
  for (const int error : {ENOSPC, EDQUOT}) {
    auto writer = store_->create();
    failing_write = error;
    EXPECT_THROW(writer->write(bytes_), DiskFull);
    // A chunk is never sealed twice, so there is no second try.
    failing_write = 0;
    EXPECT_THROW(writer->keep(), std::logic_error);
    writer.reset();
    failing_write = error;
    EXPECT_THROW(store_->create(), DiskFull);
    failing_write = 0;
  }
  EXPECT_TRUE(empty("tmp"));
  EXPECT_TRUE(empty("blobs"));
}

TEST_F(Durability, KeepsNothingThatCouldNotBeSynced) {
  auto writer = store_->create();
  writer->write(bytes_);
  failing_sync = EIO;
  EXPECT_THROW(writer->keep(), std::system_error);
  writer.reset();
  EXPECT_TRUE(empty("tmp"));
  EXPECT_TRUE(empty("blobs"));
}

}  // namespace
}  // namespace keepsake::blobs

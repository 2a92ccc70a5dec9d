#include "blobs/plain_copies.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <latch>
#include <thread>
#include <vector>

#include "support/temporary_folder.h"

namespace keepsake::blobs {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t page = 4096;

// Counts who opens, and lets them wait.
class CountingStore final : public BlobStore {
 public:
  explicit CountingStore(BlobStore& store) : store_(store) {}
  std::unique_ptr<BlobWriter> create() override { return store_.create(); }
  std::unique_ptr<BlobReader> open(const BlobRef& blob) const override {
    ++opened;
    if (before_open) before_open();
    return store_.open(blob);
  }
  void remove(const PublicId& name) override { store_.remove(name); }
  void for_each(const std::function<void(const PublicId&)>& each) const override { store_.for_each(each); }
  Descriptor file(const PublicId& name) const override { return store_.file(name); }
  void replace(const PublicId& name, const Descriptor& file) override { store_.replace(name, file); }

  mutable std::atomic<int> opened = 0;
  std::function<void()> before_open;

 private:
  BlobStore& store_;
};

class PlainCopiesTest : public testing::Test {
 protected:
  const support::TemporaryFolder folder_;
  std::unique_ptr<BlobStore> files_ =
      open_file_store(folder_ / "blobs", folder_ / "tmp", InstanceKey::from_bytes(Bytes(32, std::byte{5})));
  CountingStore store_{*files_};
  ManualClock clock_;
  PlainCopies copies_{store_, clock_, 8 * page};  // one copy takes at most two pages

  BlobRef keep(const std::string& text) {
    const auto writer = files_->create();
    writer->write(as_byte_view(text));
    return writer->keep();
  }
  BlobRef keep_page() { return keep(std::string(page, 'x')); }
  // Asked for twice.
  SharedFile make(const BlobRef& blob) {
    copies_.find_or_make(blob);
    return copies_.find_or_make(blob).file;
  }
  static std::string text_of(const SharedFile& file) {
    Bytes bytes(file->size);
    EXPECT_EQ(read_at(file->descriptor, 0, bytes), bytes.size());
    return std::string(as_text(bytes));
  }
};

TEST_F(PlainCopiesTest, MakesACopyWhenABlobIsAskedForAgain) {
  const BlobRef blob = keep("a photo");
  EXPECT_FALSE(copies_.find(blob.name));
  EXPECT_FALSE(copies_.find_or_make(blob).file);
  EXPECT_EQ(store_.opened, 0);
  const auto made = copies_.find_or_make(blob);
  ASSERT_TRUE(made.file);
  EXPECT_TRUE(made.made);
  EXPECT_EQ(text_of(made.file), "a photo");
  EXPECT_FALSE(copies_.find_or_make(blob).made);
  EXPECT_EQ(copies_.find(blob.name), made.file);
  EXPECT_EQ(store_.opened, 1);
  EXPECT_EQ(copies_.counts().bytes, page);
}

TEST_F(PlainCopiesTest, MakesNoneOfWhatIsReadOnceInAWhile) {
  const BlobRef blob = keep("a photo");
  EXPECT_FALSE(copies_.find_or_make(blob).file);
  clock_.advance(PlainCopies::again_within + 1s);
  EXPECT_FALSE(copies_.find_or_make(blob).file);
}

TEST_F(PlainCopiesTest, MakesNoneThatIsTooLargeOrEmptyOrWhereThereAreNone) {
  EXPECT_FALSE(make(keep(std::string(2 * page + 1, 'x'))));
  EXPECT_FALSE(make(keep("")));
  PlainCopies none(store_, clock_, 0);
  const BlobRef blob = keep("a photo");
  none.find_or_make(blob);
  EXPECT_FALSE(none.find_or_make(blob).file);
}

TEST_F(PlainCopiesTest, ACopyCannotBeChanged) {
  const SharedFile copy = make(keep("a photo"));
  const int file = copy->descriptor.get();
  EXPECT_EQ(::pwrite(file, "x", 1, 0), -1);
  EXPECT_EQ(errno, EPERM);
  EXPECT_NE(::ftruncate(file, 0), 0);
  EXPECT_EQ(::mmap(nullptr, page, PROT_WRITE, MAP_SHARED, file, 0), MAP_FAILED);
  EXPECT_EQ(::fcntl(file, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

TEST_F(PlainCopiesTest, TheCopyAskedForLongestAgoGivesWay) {
  std::vector<BlobRef> blobs;
  for (int i = 0; i < 8; ++i) make(blobs.emplace_back(keep_page()));
  EXPECT_EQ(copies_.counts().bytes, 8 * page);
  EXPECT_TRUE(copies_.find(blobs[0].name));
  EXPECT_TRUE(make(keep_page()));
  EXPECT_TRUE(copies_.find(blobs[0].name));
  EXPECT_FALSE(copies_.find(blobs[1].name));
  EXPECT_EQ(copies_.counts().bytes, 8 * page);
}

TEST_F(PlainCopiesTest, NeverTakesMoreThanItMay) {
  for (int i = 0; i < 100; ++i) {
    make(keep(std::string(1 + static_cast<std::size_t>(i) * 80, 'x')));
    EXPECT_LE(copies_.counts().bytes, 8 * page);
  }
}

TEST_F(PlainCopiesTest, WhatIsBeingSentCountsUntilItIsSent) {
  std::vector<SharedFile> sent;
  std::vector<BlobRef> blobs;
  for (int i = 0; i < 8; ++i) sent.push_back(make(blobs.emplace_back(keep_page())));
  const BlobRef more = keep_page();
  EXPECT_FALSE(make(more));
  EXPECT_EQ(copies_.counts().kept, 8u);  // nothing was forgotten in vain
  for (const BlobRef& blob : blobs) copies_.forget(blob.name);
  EXPECT_EQ(copies_.counts().kept, 0u);
  EXPECT_EQ(copies_.counts().bytes, 8 * page);
  EXPECT_EQ(text_of(sent[3]), std::string(page, 'x'));
  EXPECT_FALSE(make(more));
  sent.pop_back();
  EXPECT_TRUE(make(more));
}

TEST_F(PlainCopiesTest, ForgetsWhatNobodyAsksFor) {
  const BlobRef old = keep_page(), recent = keep_page();
  make(old);
  clock_.advance(PlainCopies::unused_for - 1s);
  make(recent);
  copies_.forget_unused();
  EXPECT_EQ(copies_.counts().kept, 2u);
  clock_.advance(1s);
  copies_.forget_unused();
  EXPECT_EQ(copies_.counts().kept, 1u);
  EXPECT_TRUE(copies_.find(recent.name));
}

TEST_F(PlainCopiesTest, OneMakesItForAllWhoAskAtOnce) {
  const BlobRef blob = keep("a photo");
  copies_.find_or_make(blob);
  store_.before_open = [] { std::this_thread::sleep_for(50ms); };
  std::vector<std::thread> threads;
  std::atomic<int> got = 0, made = 0;
  std::latch begun(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      begun.arrive_and_wait();
      const auto found = copies_.find_or_make(blob);
      if (found.file && text_of(found.file) == "a photo") ++got;
      if (found.made) ++made;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(got, 8);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(store_.opened, 1);
}

TEST_F(PlainCopiesTest, WhatIsForgottenWhileItIsMadeIsNotKept) {
  const BlobRef blob = keep("a photo");
  copies_.find_or_make(blob);
  store_.before_open = [&] { copies_.forget(blob.name); };
  EXPECT_EQ(text_of(copies_.find_or_make(blob).file), "a photo");
  EXPECT_FALSE(copies_.find(blob.name));
  EXPECT_EQ(copies_.counts().bytes, 0u);
}

TEST_F(PlainCopiesTest, ABlobThatDoesNotOpenTakesNoRoom) {
  const BlobRef blob = keep("a photo");
  files_->remove(blob.name);
  copies_.find_or_make(blob);
  EXPECT_THROW(copies_.find_or_make(blob), Missing);
  EXPECT_THROW(copies_.find_or_make(blob), Missing);
  EXPECT_EQ(copies_.counts().bytes, 0u);
}

TEST_F(PlainCopiesTest, ManyThreadsAskMakeAndForget) {
  std::vector<BlobRef> blobs;
  for (int i = 0; i < 12; ++i) blobs.push_back(keep(std::string(page, static_cast<char>('a' + i))));
  std::vector<std::thread> threads;
  for (unsigned seed = 0; seed < 4; ++seed) {
    threads.emplace_back([&, seed] {
      for (unsigned i = 0; i < 400; ++i) {
        const unsigned which = (i * 7 + seed * 5) % 12;
        const auto file = copies_.find_or_make(blobs[which]).file;
        const std::string expected(page, static_cast<char>('a' + which));
        EXPECT_TRUE(!file || text_of(file) == expected);
        if (i % 50 == seed) copies_.forget(blobs[which].name);
        if (i % 90 == seed) copies_.forget_unused();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(copies_.counts().bytes, 8 * page);
}

}  // namespace
}  // namespace keepsake::blobs

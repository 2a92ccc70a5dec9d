#include "web/page_cache.h"

#include <gtest/gtest.h>

#include "support/databases.h"

namespace keepsake::web {
namespace {

class PageCacheTest : public support::StoreTest {
 protected:
  static PageCache::Page page() { return std::make_shared<const http::Response>(); }

  ManualUptime uptime_;
  Epoch epoch_{database(), uptime_};
  PageCache cache_{epoch_, 100};
};

TEST_P(PageCacheTest, KeepsAPageOnlyWhileItsEpochIsCurrent) {
  const auto kept = page();
  cache_.put("/stories/a", kept, 10, epoch_.current(), Time::max());
  EXPECT_EQ(cache_.find("/stories/a", from_micros(0)), kept);
  EXPECT_EQ(cache_.find("/stories/b", from_micros(0)), nullptr);
  database().write([&](db::Tx& tx) { epoch_.raise(tx); });
  EXPECT_EQ(cache_.find("/stories/a", from_micros(0)), nullptr);
}

TEST_P(PageCacheTest, ServesAndKeepsNothingWithoutALease) {
  cache_.put("/stories/a", page(), 10, epoch_.current(), Time::max());
  uptime_.advance(Epoch::lease);
  EXPECT_EQ(cache_.find("/stories/a", from_micros(0)), nullptr);
  cache_.put("/stories/b", page(), 10, epoch_.current(), Time::max());
  EXPECT_EQ(cache_.find("/stories/b", from_micros(0)), nullptr);
  epoch_.refresh();
  EXPECT_NE(cache_.find("/stories/a", from_micros(0)), nullptr);
  EXPECT_EQ(cache_.find("/stories/b", from_micros(0)), nullptr);
}

TEST_P(PageCacheTest, ForgetsAtTheDeadline) {
  cache_.put("/stories/a", page(), 10, epoch_.current(), from_micros(100));
  EXPECT_NE(cache_.find("/stories/a", from_micros(99)), nullptr);
  EXPECT_EQ(cache_.find("/stories/a", from_micros(100)), nullptr);
}

TEST_P(PageCacheTest, DropsTheOneAskedForLongestAgo) {
  cache_.put("a", page(), 50, epoch_.current(), Time::max());
  cache_.put("b", page(), 50, epoch_.current(), Time::max());
  EXPECT_NE(cache_.find("a", from_micros(0)), nullptr);
  cache_.put("c", page(), 50, epoch_.current(), Time::max());
  EXPECT_NE(cache_.find("a", from_micros(0)), nullptr);
  EXPECT_EQ(cache_.find("b", from_micros(0)), nullptr);
  cache_.put("too large", page(), 101, epoch_.current(), Time::max());
  EXPECT_EQ(cache_.find("too large", from_micros(0)), nullptr);
}

KEEPSAKE_ON_BOTH_ENGINES(PageCacheTest);

}  // namespace
}  // namespace keepsake::web

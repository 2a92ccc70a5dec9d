#include "web/page_cache.h"

#include <gtest/gtest.h>

namespace keepsake::web {
namespace {

PageCache::Page page() {
  return std::make_shared<const http::Response>();
}

TEST(PageCache, KeepsAPageOnlyWhileItsEpochIsCurrent) {
  PageCache cache(1000);
  const auto kept = page();
  cache.put("/stories/a", kept, 10, 7, Time::max());
  EXPECT_EQ(cache.find("/stories/a", 7, from_micros(0)), kept);
  EXPECT_EQ(cache.find("/stories/a", 8, from_micros(0)), nullptr);
  EXPECT_EQ(cache.find("/stories/b", 7, from_micros(0)), nullptr);
}

TEST(PageCache, ForgetsAtTheDeadline) {
  PageCache cache(1000);
  cache.put("/stories/a", page(), 10, 7, from_micros(100));
  EXPECT_NE(cache.find("/stories/a", 7, from_micros(99)), nullptr);
  EXPECT_EQ(cache.find("/stories/a", 7, from_micros(100)), nullptr);
}

TEST(PageCache, DropsTheOneAskedForLongestAgo) {
  PageCache cache(100);
  cache.put("a", page(), 50, 1, Time::max());
  cache.put("b", page(), 50, 1, Time::max());
  EXPECT_NE(cache.find("a", 1, from_micros(0)), nullptr);
  cache.put("c", page(), 50, 1, Time::max());
  EXPECT_NE(cache.find("a", 1, from_micros(0)), nullptr);
  EXPECT_EQ(cache.find("b", 1, from_micros(0)), nullptr);
  cache.put("too large", page(), 101, 1, Time::max());
  EXPECT_EQ(cache.find("too large", 1, from_micros(0)), nullptr);
}

}  // namespace
}  // namespace keepsake::web

#include "audience/recent.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace keepsake {
namespace {

using Numbers = Recent<int, std::string, std::hash<int>>;

TEST(Recent, finds_what_was_put_last) {
  Numbers recent(10);
  recent.put(1, "one");
  recent.put(1, "two");
  EXPECT_EQ(recent.find(1), "two");
  EXPECT_FALSE(recent.find(2));
  EXPECT_EQ(recent.size(), 1u);
}

TEST(Recent, forgets_what_nobody_asks_for) {
  Numbers recent(10);
  for (int i = 0; i < 100; ++i) {
    recent.put(i, "x");
    EXPECT_TRUE(recent.find(0));
    EXPECT_LE(recent.size(), 10u);
  }
  EXPECT_FALSE(recent.find(1));
  EXPECT_TRUE(recent.find(99));
}

TEST(Recent, counts_by_weight) {
  Numbers recent(20);
  for (int i = 0; i < 100; ++i) recent.put(i, "x", 5);
  EXPECT_LE(recent.size(), 4u);
}

}  // namespace
}  // namespace keepsake

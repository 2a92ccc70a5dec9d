#include "person/rate_limit.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, GivesABurstAndThenOneEachRefill) {
  ManualClock clock;
  RateLimit limit(clock, {3, 1min});
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limit.wait_for("ana"));
  EXPECT_EQ(limit.wait_for("ana"), 1min);
  EXPECT_FALSE(limit.wait_for("bea"));
  clock.advance(59s);
  EXPECT_EQ(limit.wait_for("ana"), 1s);
  clock.advance(1s);
  EXPECT_FALSE(limit.wait_for("ana"));
  EXPECT_TRUE(limit.wait_for("ana"));
  clock.advance(1h);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limit.wait_for("ana"));
  EXPECT_TRUE(limit.wait_for("ana"));
}

TEST(RateLimit, AClockThatWasSetBackKeepsNobodyOut) {
  ManualClock clock;
  RateLimit limit(clock, {2, 1min});
  while (!limit.wait_for("ana")) {
  }
  clock.advance(-48h);
  EXPECT_FALSE(limit.wait_for("ana"));
  EXPECT_FALSE(limit.wait_for("ana"));
  EXPECT_EQ(limit.wait_for("ana"), 1min);
}

TEST(RateLimit, TakesBackWhatDidNotCount) {
  ManualClock clock;
  RateLimit limit(clock, {1, 1min});
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(limit.wait_for("ana"));
    limit.give_back("ana");
  }
  limit.give_back("never seen");
  EXPECT_FALSE(limit.wait_for("ana"));
  EXPECT_TRUE(limit.wait_for("ana"));
}

TEST(RateLimit, AFloodOfKeysDoesNotWashOutAnExhaustedOne) {
  ManualClock clock;
  RateLimit limit(clock, {3, 1min}, 100);
  while (!limit.wait_for("ana")) {
  }
  for (int i = 0; i < 10'000; ++i) EXPECT_FALSE(limit.wait_for("flood " + std::to_string(i)));
  EXPECT_LE(limit.keys(), 100u);
  EXPECT_TRUE(limit.wait_for("ana"));
}

TEST(RateLimit, ForgetsWhoIsWholeAgain) {
  ManualClock clock;
  RateLimit limit(clock, {3, 1min}, 100);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(limit.wait_for(std::to_string(i)));
  clock.advance(1min);
  EXPECT_FALSE(limit.wait_for("new"));
  EXPECT_EQ(limit.keys(), 1u);
}

TEST(RateLimit, CountsAVeryLongKeyAsItself) {
  ManualClock clock;
  RateLimit limit(clock, {1, 1min});
  const std::string key(1'000'000, 'x');
  EXPECT_FALSE(limit.wait_for(key));
  EXPECT_TRUE(limit.wait_for(key));
  EXPECT_FALSE(limit.wait_for(key + "y"));
}

TEST(AddressKey, CountsIpv6ByItsNetwork) {
  EXPECT_EQ(address_key("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(address_key("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(address_key("2001:db8:1:2::1"), address_key("2001:0DB8:0001:0002:ffff:ffff:ffff:ffff"));
  EXPECT_NE(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
  EXPECT_EQ(address_key("no address"), "no address");
}

TEST(Attempts, BoundTheSubjectAndTheAddress) {
  ManualClock clock;
  Attempts attempts(clock, {2, 10min}, {4, 10min});
  EXPECT_FALSE(attempts.refusal("ana", "192.0.2.1"));
  EXPECT_FALSE(attempts.refusal("ana", "192.0.2.2"));
  const auto refusal = attempts.refusal("ana", "192.0.2.3");
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->kind, Refused::too_many);
  EXPECT_NE(refusal->sentence.find("10 minutes"), std::string::npos);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(attempts.refusal("b" + std::to_string(i), "192.0.2.9"));
  EXPECT_TRUE(attempts.refusal("c", "192.0.2.9"));
}

}  // namespace
}  // namespace keepsake

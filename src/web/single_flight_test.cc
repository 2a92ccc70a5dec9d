#include "web/single_flight.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace keepsake::web {
namespace {

using namespace std::chrono_literals;

TEST(SingleFlight, OneMakesAndAllOthersWait) {
  SingleFlight flight;
  std::atomic<bool> made = false;
  std::atomic<int> early = 0;
  std::latch begun(8);
  std::vector<std::jthread> others;
  {
    const auto turn = flight.enter("page");
    EXPECT_FALSE(turn.waited());
    for (int i = 0; i < 8; ++i) {
      others.emplace_back([&] {
        begun.count_down();
        const auto mine = flight.enter("page");
        if (!mine.waited() || !made) ++early;
      });
    }
    begun.wait();
    std::this_thread::sleep_for(20ms);
    made = true;
  }
  others.clear();
  EXPECT_EQ(early, 0);
}

TEST(SingleFlight, WhatIsAskedForLaterIsMadeAnew) {
  SingleFlight flight;
  EXPECT_FALSE(flight.enter("page").waited());
  EXPECT_FALSE(flight.enter("page").waited());
}

TEST(SingleFlight, OtherPagesDoNotWait) {
  SingleFlight flight;
  const auto one = flight.enter("one");
  EXPECT_FALSE(flight.enter("other").waited());
}

TEST(SingleFlight, NobodyWaitsForEver) {
  SingleFlight flight(10ms);
  const auto stuck = flight.enter("page");
  EXPECT_TRUE(flight.enter("page").waited());
}

}  // namespace
}  // namespace keepsake::web

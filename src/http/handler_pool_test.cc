#include "http/handler_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace keepsake::http {
namespace {

TEST(HandlerPool, JobsThatWaitForEachOtherAllRun) {
  HandlerPool pool(8, 100);
  std::latch all(8);
  std::atomic<int> ran = 0;
  for (int number = 0; number < 8; ++number) {
    ASSERT_TRUE(pool.try_submit([&] {
      all.arrive_and_wait();
      ++ran;
    }));
  }
  pool.join();
  EXPECT_EQ(ran, 8);
}

TEST(HandlerPool, WhatBlocksKeepsNobodyWaiting) {
  HandlerPool pool(4, 1000);
  std::latch leave(1), blocked(3), quick(500);
  for (int number = 0; number < 3; ++number) {
    pool.submit([&] {
      blocked.count_down();
      leave.wait();
    });
  }
  blocked.wait();
  for (int number = 0; number < 500; ++number) pool.submit([&] { quick.count_down(); });
  quick.wait();
  leave.count_down();
}

TEST(HandlerPool, SubmitsFromManyThreadsAreAllRun) {
  HandlerPool pool(4, 0);
  std::atomic<int> ran = 0;
  {
    std::vector<std::jthread> threads;
    for (int number = 0; number < 4; ++number) {
      threads.emplace_back([&] {
        for (int job = 0; job < 5000; ++job) pool.submit([&] { ++ran; });
      });
    }
  }
  pool.join();
  EXPECT_EQ(ran, 20'000);
}

TEST(HandlerPool, RefusesPastItsQueue) {
  HandlerPool pool(1, 1);
  std::latch leave(1), entered(1);
  ASSERT_TRUE(pool.try_submit([&] {
    entered.count_down();
    leave.wait();
  }));
  entered.wait();
  EXPECT_TRUE(pool.try_submit([] {}));
  EXPECT_FALSE(pool.try_submit([] {}));
  leave.count_down();
}

}  // namespace
}  // namespace keepsake::http

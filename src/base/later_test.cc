#include "base/later.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace keepsake {
namespace {

// Waits until another thread ends the wait.
struct Wait {
  std::vector<std::coroutine_handle<>>& waiting;
  const GoOn** by = nullptr;

  bool await_ready() const { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> coroutine) {
    if (by) *by = coroutine.promise().go_on;
    waiting.push_back(coroutine);
  }
  void await_resume() const {}
};

struct OnAnotherThread {
  std::thread& thread;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) {
    thread = std::thread([coroutine] { coroutine.resume(); });
  }
  void await_resume() const {}
};

Later<std::string> after(std::vector<std::coroutine_handle<>>& waiting, const GoOn** by, std::string word) {
  co_await Wait{waiting, by};
  co_return word + "!";
}
Later<std::string> twice(std::vector<std::coroutine_handle<>>& waiting, const GoOn** by) {
  const std::string first = co_await after(waiting, by, "one");
  co_return first + co_await after(waiting, by, "two");
}
Detached run(const GoOn&, Later<std::string> later, std::string& into) {
  into = co_await later;
}

Later<int> throws_later(std::thread& thread) {
  co_await OnAnotherThread{thread};
  throw std::runtime_error("as it was");
}

TEST(Later, AValueThatHasComeIsTakenAtOnce) {
  EXPECT_EQ(wait_for(Later<int>(7)), 7);
  const Later<Result<std::string>> refused = Refusal{Refused::gone, "It is gone."};
  EXPECT_TRUE(refused.await_ready());
}

TEST(Later, GoesOnWhereItWaitedAndHandsDownByWhatItGoesOn) {
  std::vector<std::coroutine_handle<>> waiting;
  const GoOn* by = nullptr;
  const GoOn chosen = [](std::coroutine_handle<> coroutine) { coroutine.resume(); };
  std::string said;
  run(chosen, twice(waiting, &by), said);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(by, &chosen);
  EXPECT_EQ(said, "");
  waiting[0].resume();
  ASSERT_EQ(waiting.size(), 2u);
  waiting[1].resume();
  EXPECT_EQ(said, "one!two!");
}

TEST(Later, BeginsOnlyOnceItIsAwaited) {
  std::vector<std::coroutine_handle<>> waiting;
  {
    const auto never = after(waiting, nullptr, "never");
  }
  EXPECT_TRUE(waiting.empty());
}

TEST(Later, ThrowsWhatWasThrownOnWhateverThread) {
  std::thread thread;
  try {
    wait_for(throws_later(thread));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "as it was");
  }
  thread.join();
}

}  // namespace
}  // namespace keepsake

#include "base/log_queue.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <string>
#include <thread>
#include <tuple>

namespace keepsake {
namespace {

using namespace std::chrono_literals;

// A pipe that nobody reads until the test does. Its ends stay open, for the queue keeps one.
struct Pipe {
  int from = -1, to = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) std::tie(from, to) = std::tie(ends[0], ends[1]);
  }
  std::string read(std::size_t size) const {
    std::string text(size, ' ');
    std::size_t done = 0;
    while (done < size) {
      const ssize_t count = ::read(from, text.data() + done, size - done);
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
    }
    return text.substr(0, done);
  }
};

TEST(LogQueue, WritesLinesInTheirOrder) {
  const Pipe pipe;
  LogQueue& queue = LogQueue::start(pipe.to);
  queue.push("one\n");
  queue.push("two\n");
  EXPECT_TRUE(queue.flush(10s));
  EXPECT_EQ(pipe.read(8), "one\ntwo\n");
  EXPECT_EQ(queue.dropped(), 0u);
}

// Calls of write(2) and its like by this process, by proc_pid_io(5).
std::int64_t writes_so_far() {
  std::ifstream counts("/proc/self/io");
  std::string name;
  for (std::int64_t count = 0; counts >> name >> count;) {
    if (name == "syscw:") return count;
  }
  return -1;
}

TEST(LogQueue, WritesNoLineOfManyByItself) {
  LogQueue& queue = LogQueue::start(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  const auto before = writes_so_far();
  ASSERT_GE(before, 0);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) {
    queue.push("a line\n");
    std::this_thread::sleep_for(100us);
  }
  EXPECT_TRUE(queue.flush(10s));
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LE(writes_so_far() - before, took / 5ms + 2);
}

TEST(LogQueue, NeverWaitsForWhoReads) {
  const Pipe pipe;
  LogQueue& queue = LogQueue::start(pipe.to);
  const std::string line = std::string(999, 'x') + "\n";
  for (int i = 0; i < 3000; ++i) queue.push(line);
  EXPECT_FALSE(queue.flush(20ms));
  const auto dropped = queue.dropped();
  EXPECT_GE(dropped, 3000u - 2 * LogQueue::most_bytes / line.size() - 100);
  const std::string kept = pipe.read((3000 - dropped) * line.size());
  EXPECT_EQ(static_cast<std::uint64_t>(std::ranges::count(kept, '\n')), 3000 - dropped) << "whole lines";
  EXPECT_TRUE(queue.flush(10s));
}

TEST(LogQueue, CountsWhatNobodyCanTake) {
  std::signal(SIGPIPE, SIG_IGN);
  const Pipe pipe;
  LogQueue& queue = LogQueue::start(pipe.to);
  ::close(pipe.from);
  queue.push("lost\n");
  EXPECT_TRUE(queue.flush(10s));
  EXPECT_EQ(queue.dropped(), 1u);
}

}  // namespace
}  // namespace keepsake

#include "base/log_queue.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>

namespace keepsake {
namespace {

using namespace std::chrono_literals;

// A pipe that nobody reads until the test does. Its ends stay open, for the queue keeps one.
struct Pipe {
  int from = -1, to = -1;
  explicit Pipe(int flags = 0) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | flags) == 0) std::tie(from, to) = std::tie(ends[0], ends[1]);
  }
  std::string read_once(std::size_t most) const {
    std::string text(most, ' ');
    const ssize_t count = ::read(from, text.data(), most);
    if (count <= 0) throw std::runtime_error("the pipe has ended");
    text.resize(static_cast<std::size_t>(count));
    return text;
  }
  std::string read(std::size_t size) const {
    std::string text;
    while (text.size() < size) text += read_once(size - text.size());
    return text;
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

TEST(LogQueue, WritesNoLineOfManyByItself) {
  const Pipe pipe(O_DIRECT);  // pipe(2): what one write(2) brought, one read(2) takes
  LogQueue& queue = LogQueue::start(pipe.to);
  constexpr std::size_t lines = 100;
  const std::string line = "a line\n";
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < lines; ++i) {
    queue.push(line);
    std::this_thread::sleep_for(100us);
  }
  EXPECT_TRUE(queue.flush(10s));
  const auto took = std::chrono::steady_clock::now() - begin;
  int writes = 0;
  for (std::size_t left = lines * line.size(); left > 0; ++writes) left -= pipe.read_once(left).size();
  EXPECT_LE(writes, took / 5ms + 2);
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

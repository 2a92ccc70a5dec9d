#pragma once
// Lines on their way to a file that may take none for a while: a pipe whose reader is stuck, a full disk.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace keepsake {

// Written by a thread of its own, so that whoever logs never waits. Where more than `most_bytes` wait, lines
// are dropped and counted. Thread-safe. Once started it lives as long as the process: nothing can end a
// thread that hangs in a write.
class LogQueue {
 public:
  static constexpr std::size_t most_bytes = 1 << 20;

  // The thread takes no signals that the caller holds back. `file` stays open for ever.
  static LogQueue& start(int file);

  // `line` ends with a line feed.
  void push(std::string_view line);
  // Waits until all is written, at most `patience`. Whether it is.
  bool flush(std::chrono::milliseconds patience);
  std::uint64_t dropped() const;

 private:
  explicit LogQueue(int file) : file_(file) {}
  void run();

  const int file_;
  mutable std::mutex mutex_;
  std::condition_variable filled_, written_;
  std::string waiting_;
  bool writing_ = false;
  std::uint64_t dropped_ = 0;
};

}  // namespace keepsake

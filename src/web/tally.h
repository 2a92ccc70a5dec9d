#pragma once
// How much was asked and how much of it failed, since the program started: numbers and nothing else.
#include <atomic>
#include <cstdint>

namespace keepsake::web {

class Tally {
 public:
  void asked() { requests_.fetch_add(1, std::memory_order_relaxed); }
  // A full house (507) is none of its faults.
  void answered(int status) {
    if (status >= 500 && status != 507) failures_.fetch_add(1, std::memory_order_relaxed);
  }
  std::int64_t requests() const { return requests_.load(std::memory_order_relaxed); }
  std::int64_t failures() const { return failures_.load(std::memory_order_relaxed); }

 private:
  alignas(64) std::atomic<std::int64_t> requests_{0};
  alignas(64) std::atomic<std::int64_t> failures_{0};
};

}  // namespace keepsake::web

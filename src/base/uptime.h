#pragma once
// Time for what ends by itself after a while: it never goes back and is nobody's to set. CLOCK_BOOTTIME,
// which unlike CLOCK_MONOTONIC goes on while the machine sleeps (clock_gettime(2)): what was to end during
// the sleep has ended when it wakes.
#include <time.h>

#include <atomic>
#include <chrono>

namespace keepsake {

class Uptime {
 public:
  virtual ~Uptime() = default;
  // Since some moment that stays the same as long as the process lives.
  virtual std::chrono::nanoseconds now() const = 0;
};

class SystemUptime final : public Uptime {
 public:
  std::chrono::nanoseconds now() const override {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
};

// For tests: stands still until told.
class ManualUptime final : public Uptime {
 public:
  std::chrono::nanoseconds now() const override { return std::chrono::nanoseconds(nanoseconds_); }
  void advance(std::chrono::nanoseconds by) { nanoseconds_ += by.count(); }

 private:
  std::atomic<std::chrono::nanoseconds::rep> nanoseconds_ = 1'000'000'000;
};

}  // namespace keepsake

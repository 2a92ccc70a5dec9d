#pragma once
// Time as the database keeps it: whole microseconds since 1970 in UTC.
#include <atomic>
#include <chrono>
#include <cstdint>

namespace keepsake {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

inline std::int64_t to_micros(Time time) {
  return time.time_since_epoch().count();
}
inline Time from_micros(std::int64_t micros) {
  return Time(std::chrono::microseconds(micros));
}

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

// For tests: stands still until told.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time start = from_micros(1'700'000'000'000'000)) : micros_(to_micros(start)) {}
  Time now() const override { return from_micros(micros_); }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace keepsake

#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace keepsake::http {

// A number that one thread counts up and others may look at.
class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.store(value() + by, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// What one event loop counts; only its thread writes.
struct alignas(64) LoopCounters {
  // Upper bounds in microseconds; what is slower falls into the last bucket.
  static constexpr std::array<std::int64_t, 12> bounds{
      100, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 100'000, 500'000, 1'000'000, 5'000'000, 10'000'000};

  Counter opened, closed;           // connections
  Counter turned_away;              // connections past the limit
  Counter shed;                     // connections let go to make room
  std::array<Counter, 5> statuses;  // 1xx to 5xx
  Counter at_once;                  // answered on the loop
  Counter queue_full;               // 503 since no handler was free
  Counter received, sent;           // bytes of heads and bodies
  std::array<Counter, bounds.size() + 1> latencies;
  Counter latency_micros;

  void count_request(int status, std::chrono::microseconds took);
};

struct PoolGauges {
  std::size_t waiting = 0;
  std::size_t busy = 0;
};

// Prometheus' text format, version 0.0.4. `first` points at `count` counters to be added up.
std::string metrics_text(const LoopCounters* const* first, std::size_t count, const PoolGauges& pool);

}  // namespace keepsake::http

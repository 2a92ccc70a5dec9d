#pragma once
// Bounds on how often something may be tried, kept in memory: sign-in, guest passphrases, recovery codes.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/result.h"

namespace keepsake {

// So many at once, then one more each `refill`.
struct Allowance {
  int burst = 10;
  std::chrono::microseconds refill = std::chrono::minutes(1);
};

// One allowance for each key, by the generic cell rate algorithm (one time a key). Thread-safe. Holds at most
// `most_keys`: when it is full the key that has used the least gives way, so that a flood of new keys cannot
// wash out one that is exhausted.
class RateLimit {
 public:
  RateLimit(const Clock& clock, Allowance allowance, std::size_t most_keys = 20'000);

  // Takes one from the key's allowance and returns nothing, or takes nothing and returns how long to wait.
  std::optional<std::chrono::microseconds> wait_for(std::string_view key);
  // Gives one back.
  void give_back(std::string_view key);
  std::size_t keys() const;

 private:
  using FullAt = std::map<std::string, Time, std::less<>>;
  void set(FullAt::iterator at, Time full_at);
  void make_room(Time now);

  const Clock& clock_;
  const Allowance allowance_;
  const std::size_t most_keys_;
  mutable std::mutex mutex_;
  FullAt full_at_;  // when the key's allowance is whole again
  std::set<std::pair<Time, std::string_view>> by_time_;
};

// Under which key an address counts: IPv4 as it is (also when written as IPv6), IPv6 by its /64.
std::string address_key(std::string_view address);

// What is said to who has to wait that long.
Refusal too_many_tries(std::chrono::microseconds wait);

// Tries of one kind, bounded for what is tried (a name, a guest link) and for the address they come from.
// Thread-safe.
class Attempts {
 public:
  Attempts(const Clock& clock, Allowance for_subject, Allowance for_address);
  // 10 for a subject, then one a minute; 30 for an address, then one every 20 seconds.
  explicit Attempts(const Clock& clock);

  // Counts one try; refused (too_many, with how long to wait) when either is exhausted.
  std::optional<Refusal> refusal(std::string_view subject, std::string_view address);
  // The try succeeded and shall not count.
  void forgive(std::string_view subject, std::string_view address);
  // It shall not count for what was tried, but for where it came from.
  void forgive_subject(std::string_view subject) { subjects_.give_back(subject); }

 private:
  RateLimit subjects_;
  RateLimit addresses_;
};

}  // namespace keepsake

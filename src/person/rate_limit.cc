#include "person/rate_limit.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace keepsake {
namespace {

// Keys come from outside; as digests they have one length.
std::string bounded(std::string_view key) {
  return key.size() <= 64 ? std::string(key) : hex(sha256(key));
}

}  // namespace

Refusal too_many_tries(std::chrono::microseconds wait) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
  const std::string time = minutes <= 1 ? "a minute" : std::to_string(minutes) + " minutes";
  return {Refused::too_many,
          "There were too many tries. Please wait " + time + " and try again.",
          {},
          {"refused_tries", minutes}};
}

RateLimit::RateLimit(const Clock& clock, Allowance allowance, std::size_t most_keys)
    : clock_(clock), allowance_(allowance), most_keys_(std::max<std::size_t>(most_keys, 1)) {}

std::optional<std::chrono::microseconds> RateLimit::wait_for(std::string_view key) {
  const Time now = clock_.now();
  const std::lock_guard lock(mutex_);
  auto at = full_at_.find(bounded(key));
  if (at == full_at_.end()) {
    make_room(now);
    at = full_at_.emplace(bounded(key), now).first;
    by_time_.emplace(now, at->first);
  }
  const auto all = allowance_.burst * allowance_.refill;
  if (at->second > now + all) set(at, now);  // no number of tries leads there: the clock was set back
  const Time full_at = std::max(at->second, now) + allowance_.refill;
  const auto over = full_at - now - all;
  if (over.count() > 0) return over;
  set(at, full_at);
  return std::nullopt;
}

void RateLimit::give_back(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto at = full_at_.find(bounded(key));
  if (at != full_at_.end()) set(at, at->second - allowance_.refill);
}

std::size_t RateLimit::keys() const {
  const std::lock_guard lock(mutex_);
  return full_at_.size();
}

void RateLimit::set(FullAt::iterator at, Time full_at) {
  by_time_.erase({at->second, at->first});
  at->second = full_at;
  by_time_.emplace(full_at, at->first);
}

// Keys whose allowance is whole again need no memory; past the bound, the fullest goes.
void RateLimit::make_room(Time now) {
  while (!by_time_.empty() && (by_time_.begin()->first <= now || full_at_.size() >= most_keys_)) {
    const auto found = full_at_.find(by_time_.begin()->second);
    by_time_.erase(by_time_.begin());
    full_at_.erase(found);
  }
}

std::string address_key(std::string_view address) {
  std::array<char, INET6_ADDRSTRLEN + 1> text{};
  if (address.size() >= text.size()) return bounded(address);
  address.copy(text.data(), address.size());
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.data(), &v6) != 1) return std::string(address);
  const ByteView bytes = std::as_bytes(std::span(v6.s6_addr));
  if (!IN6_IS_ADDR_V4MAPPED(&v6)) return hex(bytes.first(8)) + "/64";
  inet_ntop(AF_INET, &v6.s6_addr[12], text.data(), text.size());
  return text.data();
}

Attempts::Attempts(const Clock& clock, Allowance for_subject, Allowance for_address)
    : subjects_(clock, for_subject), addresses_(clock, for_address) {}

Attempts::Attempts(const Clock& clock)
    : Attempts(clock, {10, std::chrono::minutes(1)}, {30, std::chrono::seconds(20)}) {}

std::optional<Refusal> Attempts::refusal(std::string_view subject, std::string_view address) {
  const std::string from = address_key(address);
  if (const auto wait = addresses_.wait_for(from)) return too_many_tries(*wait);
  if (const auto wait = subjects_.wait_for(subject)) return too_many_tries(*wait);
  return std::nullopt;
}

void Attempts::forgive(std::string_view subject, std::string_view address) {
  subjects_.give_back(subject);
  addresses_.give_back(address_key(address));
}

}  // namespace keepsake

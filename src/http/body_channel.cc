#include "http/body_channel.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace keepsake::http {
namespace {

constexpr std::size_t full = 128 * 1024;
constexpr std::size_t low = 32 * 1024;

}  // namespace

BodyChannel::BodyChannel(bool has_body, std::optional<std::uint64_t> announced, std::function<void()> want)
    : announced_(announced), want_(std::move(want)), finished_(!has_body) {}

std::size_t BodyChannel::read(std::span<std::byte> into) {
  std::unique_lock lock(mutex_);
  check_limit();
  const auto ready = [this] { return taken_ < bytes_.size() || finished_ || failure_ != Failure::none; };
  if (!ready()) {
    if (std::exchange(paused_, false)) want_();
    changed_.wait(lock, ready);
  }
  check_limit();
  if (taken_ == bytes_.size()) throw_failure();
  const std::size_t count = take(into);
  const bool running_low = bytes_.size() - taken_ <= low && !finished_ && failure_ == Failure::none;
  if (running_low && std::exchange(paused_, false)) want_();
  return count;
}

void BodyChannel::check_limit() const {
  if (announced_.value_or(0) > limit_ || fed_ > limit_) throw BodyTooLarge("a body over its limit");
}

void BodyChannel::throw_failure() const {
  switch (failure_) {
    case Failure::none:
      return;
    case Failure::timeout:
      throw BodyTimeout("a body that came too slowly");
    case Failure::malformed:
      throw BodyMalformed("a body in malformed chunks");
    case Failure::disconnected:
      throw Disconnected("the client went away");
  }
}

std::size_t BodyChannel::take(std::span<std::byte> into) {
  const std::size_t count = std::min(into.size(), bytes_.size() - taken_);
  std::memcpy(into.data(), bytes_.data() + taken_, count);
  taken_ += count;
  if (taken_ == bytes_.size()) {
    bytes_.clear();
    taken_ = 0;
  }
  return count;
}

bool BodyChannel::wants_more() {
  const std::lock_guard lock(mutex_);
  paused_ = bytes_.size() - taken_ >= full;
  return !paused_;
}

void BodyChannel::feed(std::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    bytes_.erase(0, std::exchange(taken_, 0));
    bytes_ += bytes;
    fed_ += bytes.size();
  }
  changed_.notify_one();
}

void BodyChannel::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  changed_.notify_one();
}

void BodyChannel::fail(Failure failure) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    failure_ = failure;
  }
  changed_.notify_one();
}

}  // namespace keepsake::http

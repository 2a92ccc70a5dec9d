#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.h"

namespace keepsake::http {

// Carries a request's body from the event loop to the handler's thread, holding at most about 128 KiB.
class BodyChannel final : public BodySource {
 public:
  enum class Failure { none, timeout, malformed, disconnected };

  // `want` is called on the handler's thread when it would read and the loop has paused, as it has at first:
  // a handler that never reads never makes the client send.
  BodyChannel(bool has_body, std::optional<std::uint64_t> announced, std::function<void()> want);

  // For the handler's thread.
  std::optional<std::uint64_t> announced() const override { return announced_; }
  std::size_t read(std::span<std::byte> into) override;
  void limit(std::uint64_t bytes) override { limit_ = bytes; }

  // For the loop. Once this has said false, the loop waits until `want` is called.
  bool wants_more();
  void feed(std::string_view bytes);
  void finish();
  void fail(Failure failure);

 private:
  void check_limit() const;
  void throw_failure() const;
  std::size_t take(std::span<std::byte> into);

  const std::optional<std::uint64_t> announced_;
  const std::function<void()> want_;
  std::uint64_t limit_ = 64 * 1024;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string bytes_;
  std::size_t taken_ = 0;  // of bytes_
  std::uint64_t fed_ = 0;  // in all
  bool paused_ = true;
  bool finished_;
  Failure failure_ = Failure::none;
};

}  // namespace keepsake::http

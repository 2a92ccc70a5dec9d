#pragma once
// A request's body that is already here: for tests of whatever reads bodies.
#include <algorithm>
#include <cstring>
#include <string>

#include "http/message.h"

namespace keepsake::http {

class TextBody final : public BodySource {
 public:
  // Gives at most `step` bytes a read, to show readers every way a body may be cut.
  explicit TextBody(std::string text, std::size_t step = SIZE_MAX) : text_(std::move(text)), step_(step) {}

  std::optional<std::uint64_t> announced() const override { return text_.size(); }
  std::size_t read(std::span<std::byte> into) override {
    if (text_.size() > limit_) throw BodyTooLarge("a body over its limit");
    const std::size_t count = std::min({into.size(), text_.size() - at_, step_});
    std::memcpy(into.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }
  void limit(std::uint64_t bytes) override { limit_ = bytes; }

 private:
  std::string text_;
  std::size_t step_;
  std::size_t at_ = 0;
  std::uint64_t limit_ = 64 * 1024;
};

}  // namespace keepsake::http

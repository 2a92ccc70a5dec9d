#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace keepsake::http {

// Bytes that have arrived on a connection and are not yet used. Holds no memory while it is released, so that
// an idle connection costs little.
class Inbox {
 public:
  bool empty() const { return begin_ == end_; }
  std::size_t capacity() const { return capacity_; }
  std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
  void take(std::size_t count) { begin_ += count; }
  void added(std::size_t count) { end_ += count; }

  // Room for at least one more byte, in a buffer of `capacity` or more.
  std::span<char> space(std::size_t capacity) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (capacity_ < capacity || end_ == capacity_) make_room(capacity);
    return {bytes_.get() + end_, capacity_ - end_};
  }

  // Gives the memory back; only when empty.
  void release() {
    bytes_.reset();
    begin_ = end_ = capacity_ = 0;
  }

 private:
  void make_room(std::size_t capacity) {
    const std::size_t used = end_ - begin_;
    const std::size_t wanted = std::max(capacity, used == capacity_ ? used * 2 : capacity_);
    if (wanted == capacity_) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, used);
    } else {
      auto larger = std::make_unique_for_overwrite<char[]>(wanted);
      if (used > 0) std::memcpy(larger.get(), bytes_.get() + begin_, used);
      bytes_ = std::move(larger);
      capacity_ = wanted;
    }
    begin_ = 0;
    end_ = used;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace keepsake::http

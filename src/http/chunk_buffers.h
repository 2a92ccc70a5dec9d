#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace keepsake::http {

// Large buffers that are used again: fresh ones would cost a page fault for every 4 KiB each time.
class ChunkBuffers {
 public:
  static constexpr std::size_t size = 320 * 1024;  // most renditions of a photo fit into one
  using Buffer = std::unique_ptr<std::byte[]>;

  Buffer take() {
    const std::lock_guard lock(mutex_);
    if (kept_.empty()) return std::make_unique_for_overwrite<std::byte[]>(size);
    Buffer buffer = std::move(kept_.back());
    kept_.pop_back();
    return buffer;
  }
  void give_back(Buffer buffer) {
    const std::lock_guard lock(mutex_);
    if (buffer && kept_.size() < most_kept) kept_.push_back(std::move(buffer));
  }

 private:
  static constexpr std::size_t most_kept = 16;

  std::mutex mutex_;
  std::vector<Buffer> kept_;
};

}  // namespace keepsake::http

#pragma once
#include <memory>
#include <mutex>

#include "image/photo_workers.h"

namespace keepsake::app {

// Photo workers that start with the first photo, or when told: a command that takes no photo starts none.
class LazyWorkers final : public image::PhotoWorkers {
 public:
  explicit LazyWorkers(const image::WorkerSettings& settings) : settings_(settings) {}

  // Returns at once; they get ready in the background.
  void start() { workers(); }
  Result<image::Taken> take(int descriptor, const image::Look& look) override {
    return workers().take(descriptor, look);
  }
  Result<image::Taken> take_avif(int descriptor, const image::Look& look) override {
    return workers().take_avif(descriptor, look);
  }
  image::WorkerStats stats() const override { return workers_ ? workers_->stats() : image::WorkerStats{}; }

 private:
  image::PhotoWorkers& workers() {
    const std::lock_guard lock(mutex_);
    if (!workers_) workers_ = image::start_photo_workers(settings_);
    return *workers_;
  }

  const image::WorkerSettings settings_;
  std::mutex mutex_;
  std::unique_ptr<image::PhotoWorkers> workers_;
};

}  // namespace keepsake::app

#include "app/epoch_watch.h"

#include <exception>

#include "base/log.h"

namespace keepsake::app {

EpochWatch::EpochWatch(Epoch& epoch, std::chrono::milliseconds interval)
    : epoch_(epoch), thread_([this, interval] { run(interval); }) {}

EpochWatch::~EpochWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void EpochWatch::run(std::chrono::milliseconds interval) {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, interval, [this] { return stopping_; })) {
    lock.unlock();
    try {
      epoch_.refresh();
    } catch (const std::exception& fault) {
      log_warning("epoch not read", {{"why", fault.what()}});
    }
    lock.lock();
  }
}

}  // namespace keepsake::app

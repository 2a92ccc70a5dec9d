#pragma once
// Looks at the epoch's row again every quarter of a second: what another process or node changed is seen here
// even if nobody said so. Until that look, the other process has told this one through the control socket.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "audience/epoch.h"

namespace keepsake::app {

class EpochWatch {
 public:
  // `epoch` outlives this.
  explicit EpochWatch(Epoch& epoch, std::chrono::milliseconds interval = std::chrono::milliseconds(250));
  ~EpochWatch();

 private:
  void run(std::chrono::milliseconds interval);

  Epoch& epoch_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace keepsake::app

#pragma once
// Keeps this process's lease of the visibility epoch: asks for the epoch's row every quarter of a second,
// over a line of its own, and at once when another server rings. Rings itself when this process raised the
// epoch.
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "audience/epoch.h"
#include "db/database.h"
#include "db/line.h"

namespace keepsake::app {

class EpochWatch {
 public:
  // Both outlive this; nobody raises the epoch while it is made or destroyed.
  EpochWatch(db::Database& database, Epoch& epoch,
             std::chrono::milliseconds interval = std::chrono::milliseconds(250));
  ~EpochWatch();
  EpochWatch(const EpochWatch&) = delete;
  EpochWatch& operator=(const EpochWatch&) = delete;

  // Has the other servers look, soon. Any thread.
  void tell_others();

 private:
  void run(std::chrono::milliseconds interval);
  void look();

  Epoch& epoch_;
  const std::unique_ptr<db::Line> line_;
  std::atomic<bool> to_tell_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace keepsake::app

#pragma once
// The visibility epoch: a number that every change of audience raises in its own transaction and in memory
// before the change is acknowledged. A decision may be kept as long as the epoch it was read under is
// current.
#include <atomic>
#include <cstdint>
#include <functional>

#include "db/database.h"

namespace keepsake {

class Epoch {
 public:
  // What the database says now.
  explicit Epoch(db::Database& database);

  // To be read before the facts of a decision are.
  std::uint64_t current() const { return current_.load(std::memory_order_acquire); }
  // Raises the row within `tx`, and the number in memory once it is durable.
  void raise(db::Tx& tx);
  // Reads the row again: another process (a command, another node) may have raised it. Never goes back.
  void refresh();
  // Called after every raise from this process, once durable: how a command tells a running server.
  void on_raise(std::function<void()> told) { told_ = std::move(told); }

 private:
  db::Database& database_;
  std::atomic<std::uint64_t> current_;
  std::function<void()> told_;
};

}  // namespace keepsake

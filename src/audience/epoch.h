#pragma once
// The visibility epoch: a number that every change of audience raises in its own transaction and in memory
// before the change is acknowledged. What was decided under an epoch may be kept and used as long as that
// epoch is current.
//
// Others write to the same database (another node, a command beside the server), so what memory holds is only
// believed for a while, the lease: 750 ms from before the database was last asked. Without a lease there is
// no current epoch, and so nothing that was kept may be used: every cache asks here and cannot forget to.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/uptime.h"
#include "db/database.h"
#include "db/line.h"

namespace keepsake {

// Thread-safe.
class Epoch {
 public:
  static constexpr std::chrono::milliseconds lease{750};

  // Asks the database; both outlive this. Throws what it throws.
  Epoch(db::Database& database, const Uptime& uptime);

  // To be read before the facts of a decision are; nothing while there is no lease.
  std::optional<std::uint64_t> current() const;
  // Whether what was decided under `kept` may be used now. Never of nothing.
  bool still(std::optional<std::uint64_t> kept) const { return kept && kept == current(); }

  // Raises the row within `tx`, and the number in memory once it is durable.
  void raise(db::Tx& tx);
  // Asks the database anew and so renews the lease, by its pool or over a line of one's own. The number never
  // goes back: a database that did (it was put back from a copy, or failed over to one that had not seen
  // everything) gives no lease to this process any more. Throws what the database throws.
  void refresh();
  void refresh(db::Line& line);
  // Called after every raise from this process, once durable: how others are told. To be set while nobody
  // raises.
  void on_raise(std::function<void()> told) { told_ = std::move(told); }

 private:
  template <class Ask>
  void learn(const Ask& ask);

  db::Database& database_;
  const Uptime& uptime_;
  std::atomic<std::uint64_t> seen_ = 0;
  std::atomic<std::chrono::nanoseconds::rep> lease_ends_ = 0;
  std::atomic<bool> went_back_ = false;
  std::function<void()> told_;
};

}  // namespace keepsake

#include "audience/epoch.h"

#include "audience/epoch_store.h"
#include "base/log.h"

namespace keepsake {
namespace {

template <class T>
void lift(std::atomic<T>& number, T to) {
  auto seen = number.load(std::memory_order_relaxed);
  while (seen < to && !number.compare_exchange_weak(seen, to, std::memory_order_acq_rel)) {
  }
}

}  // namespace

Epoch::Epoch(db::Database& database, const Uptime& uptime) : database_(database), uptime_(uptime) {
  refresh();
}

// The lease is looked at before the number is: whoever sees a lease renewed sees what was learnt with it.
std::optional<std::uint64_t> Epoch::current() const {
  const auto ends = lease_ends_.load(std::memory_order_acquire);
  if (uptime_.now().count() >= ends || went_back_) return std::nullopt;
  return seen_.load(std::memory_order_acquire);
}

void Epoch::raise(db::Tx& tx) {
  const auto raised = epoch_store::raise(tx);
  tx.after_commit([this, raised] {
    lift(seen_, raised);
    if (told_) told_();
  });
}

void Epoch::refresh() {
  learn([this] { return database_.read([](db::Reader& reader) { return epoch_store::current(reader); }); });
}

void Epoch::refresh(db::Line& line) {
  learn([&line] { return line.read([](db::Reader& reader) { return epoch_store::current(reader); }); });
}

// Counted from before the question, since the answer may be as old as that; and the number is lifted before
// the lease is.
template <class Ask>
void Epoch::learn(const Ask& ask) {
  const auto ends = uptime_.now() + lease;
  const auto known = seen_.load(std::memory_order_acquire);
  const std::uint64_t answer = ask();
  if (answer < known && !went_back_.exchange(true))
    log_error("the database went back to an older state; nothing is kept until the next start");
  lift(seen_, answer);
  lift(lease_ends_, ends.count());
}

}  // namespace keepsake

#include "audience/epoch.h"

#include "audience/epoch_store.h"

namespace keepsake {
namespace {

void lift(std::atomic<std::uint64_t>& current, std::uint64_t to) {
  auto seen = current.load(std::memory_order_relaxed);
  while (seen < to && !current.compare_exchange_weak(seen, to, std::memory_order_acq_rel)) {
  }
}

}  // namespace

Epoch::Epoch(db::Database& database) : database_(database), current_(0) {
  refresh();
}

void Epoch::raise(db::Tx& tx) {
  const auto raised = epoch_store::raise(tx);
  tx.after_commit([this, raised] {
    lift(current_, raised);
    if (told_) told_();
  });
}

void Epoch::refresh() {
  lift(current_, database_.read([](db::Reader& reader) { return epoch_store::current(reader); }));
}

}  // namespace keepsake

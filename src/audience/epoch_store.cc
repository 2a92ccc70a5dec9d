#include "audience/epoch_store.h"

namespace keepsake::epoch_store {
namespace {

std::uint64_t read_epoch(const db::Row& row) {
  return static_cast<std::uint64_t>(row.integer(0));
}

}  // namespace

std::uint64_t current(db::Reader& reader) {
  return reader.one("SELECT epoch FROM visibility_epoch WHERE id = 1", read_epoch);
}

std::uint64_t raise(db::Tx& tx) {
  return tx.one("UPDATE visibility_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch", read_epoch);
}

}  // namespace keepsake::epoch_store

#include "story/working_copy_store.h"

namespace keepsake::working_copy_store {

std::optional<WorkingCopy> find(db::Reader& reader, ItemId story) {
  return reader.maybe(
      "SELECT form, version, saved FROM working_copy WHERE story = $1",
      [](const db::Row& row) { return WorkingCopy{row.text(0), row.integer(1), row.time(2)}; }, story);
}

void put(db::Tx& tx, ItemId story, const WorkingCopy& copy) {
  remove(tx, story);
  tx.execute("INSERT INTO working_copy (story, version, saved, form) VALUES ($1, $2, $3, $4)", story,
             copy.version, copy.saved, copy.form);
}

void remove(db::Tx& tx, ItemId story) {
  tx.execute("DELETE FROM working_copy WHERE story = $1", story);
}

void set_version(db::Tx& tx, ItemId story, std::int64_t version) {
  tx.execute("UPDATE story SET version = $1 WHERE item = $2", version, story);
}

}  // namespace keepsake::working_copy_store

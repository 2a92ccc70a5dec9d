#include "upkeep/run_store.h"

namespace keepsake::upkeep {

std::optional<UpkeepRun> last(db::Reader& reader, Upkeep kind) {
  return reader.maybe(
      "SELECT at, sound FROM upkeep WHERE kind = $1",
      [](const db::Row& row) { return UpkeepRun{row.time(0), row.boolean(1)}; },
      static_cast<std::int64_t>(kind));
}

void note(db::Tx& tx, Upkeep kind, const UpkeepRun& run) {
  tx.execute(
      "INSERT INTO upkeep (kind, at, sound) VALUES ($1, $2, $3) ON CONFLICT (kind) DO UPDATE "
      "SET at = excluded.at, sound = excluded.sound",
      static_cast<std::int64_t>(kind), run.at, run.sound);
}

}  // namespace keepsake::upkeep

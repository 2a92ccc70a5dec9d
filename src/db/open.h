#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "db/database.h"

namespace keepsake::db {

struct Options {
  std::size_t readers = 16;  // pooled reading connections
  std::size_t writers = 8;   // PostgreSQL: pooled writing connections
  // PostgreSQL: how long an answer may take before the server counts as gone (throws Unreachable); the server
  // itself ends a statement two seconds before (throws Busy).
  std::chrono::milliseconds patience{12'000};
  bool durable = true;  // tests of logic alone may turn synchronous=FULL off
};

// Opens `DIR/keepsake.db`, made if missing (mode 0600). Other processes may have it open as well.
std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, const Options& options = {});
// `address` is postgresql://... (libpq's connection URI). Connects at the first use.
std::unique_ptr<Database> open_postgres(const std::string& address, const Options& options = {});

// Brings the schema to the newest of the embedded migrations/NNNN_name.sql, each in its own transaction, safe
// against several starts at once. Before the first pending one of an existing SQLite database a snapshot is
// written to `snapshots/` (VACUUM INTO). Throws NewerSchema if the database knows a migration that this
// binary does not. Returns how many ran.
int migrate(Database& database, const std::filesystem::path& snapshots);
// Removes what migrate() left in `snapshots` before `before`: a snapshot still opens what has been deleted
// since. Returns how many went; a missing folder holds none.
int remove_snapshots(const std::filesystem::path& snapshots, Time before);
// When those that are there were written, the newest first.
std::vector<Time> snapshots_in(const std::filesystem::path& snapshots);
// How far the schema is; changes nothing.
struct SchemaState {
  std::string newest;  // the name of the last migration that ran, or empty
  int pending = 0;     // how many have not run yet
};
// Throws NewerSchema as migrate does.
SchemaState schema_state(Database& database);
// What `@id @bytes @bool @text` and `-- only: sqlite|postgres` ... `-- end` blocks become for an engine.
std::string expand_migration(std::string_view text, Engine engine);

}  // namespace keepsake::db

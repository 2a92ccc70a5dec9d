#include <algorithm>
#include <filesystem>
#include <map>

#include "base/clock.h"
#include "db/migration_text.h"
#include "db/open.h"
#include "db/snapshots.h"
#include "db/sql_text.h"

namespace keepsake::db {
namespace {

// Any fixed number will do: starts of Keepsake wait for each other at it.
constexpr std::int64_t advisory_lock = 0x6b656570'73616b65;
constexpr int most_waits = 30;  // for another start, each as long as the engine itself waits

struct Applied {
  std::string name;
  Bytes hash;
};
using AppliedByNumber = std::map<std::int64_t, Applied>;

// SET and LOCK come before the first statement that fixes what a serializable transaction sees, so that it
// sees what another start has just done.
void lock_for_migration(Tx& tx) {
  if (tx.engine() == Engine::sqlite) return;  // there is one writer
  tx.execute("SET LOCAL statement_timeout = 0");
  tx.execute("LOCK TABLE schema_migration IN EXCLUSIVE MODE");
}

void make_table(Tx& tx) {
  if (tx.engine() == Engine::postgres)
    tx.query("SELECT pg_advisory_xact_lock($1)", [](const Row&) {}, advisory_lock);
  tx.execute(
      expand_migration("CREATE TABLE IF NOT EXISTS schema_migration (number bigint PRIMARY KEY, "
                       "name @text NOT NULL, hash @bytes NOT NULL, applied bigint NOT NULL)",
                       tx.engine()));
}

AppliedByNumber applied(Reader& reader) {
  AppliedByNumber found;
  reader.query("SELECT number, name, hash FROM schema_migration",
               [&](const Row& row) { found[row.integer(0)] = {row.text(1), row.bytes(2)}; });
  return found;
}

void check_known(const AppliedByNumber& done, const std::vector<Migration>& all) {
  for (const auto& [number, was] : done) {
    const auto known = std::ranges::find(all, number, &Migration::number);
    if (known == all.end()) throw NewerSchema("the database was written by a later Keepsake: " + was.name);
    if (known->name != was.name || known->hash() != was.hash)
      throw Error("migration " + was.name + " was changed after it ran on this database");
  }
}

// In order, or not at all: what a later migration built on may not change beneath it.
std::vector<Migration> pending(const AppliedByNumber& done, const std::vector<Migration>& all) {
  check_known(done, all);
  std::vector<Migration> open;
  for (const auto& migration : all) {
    if (done.contains(migration.number)) continue;
    if (!done.empty() && migration.number < done.rbegin()->first)
      throw Error("migration " + migration.name + " comes before " + done.rbegin()->second.name +
                  ", which has run; start from a fresh database");
    open.push_back(migration);
  }
  return open;
}

// False if another start has applied it in the meantime.
bool apply(Tx& tx, const Migration& migration, const std::vector<Migration>& all) {
  lock_for_migration(tx);
  const auto open = pending(applied(tx), all);
  if (open.empty() || open.front().number != migration.number) return false;
  for (const auto& statement : split_statements(expand_migration(migration.text, tx.engine())))
    tx.execute(statement);
  tx.execute("INSERT INTO schema_migration (number, name, hash, applied) VALUES ($1, $2, $3, $4)",
             migration.number, migration.name, migration.hash(), SystemClock().now());
  return true;
}

template <class F>
auto waiting_for_others(F&& act) {
  for (int waits = 0;; ++waits) try {
      return act();
    } catch (const Busy&) {
      if (waits == most_waits) throw;
    }
}

}  // namespace

int migrate(Database& database, const std::filesystem::path& snapshots) {
  return migrate_with(database, embedded_migrations(), snapshots);
}

int migrate_with(Database& database, const std::vector<Migration>& all,
                 const std::filesystem::path& snapshots) {
  waiting_for_others([&] { database.write(make_table); });
  const auto done = database.read(applied);
  const auto open = pending(done, all);
  if (open.empty()) return 0;
  if (database.engine() == Engine::sqlite && !done.empty())
    write_snapshot(database, snapshots, open.front().number);
  int ran = 0;
  for (const auto& migration : open)
    ran +=
        waiting_for_others([&] { return database.write([&](Tx& tx) { return apply(tx, migration, all); }); });
  return ran;
}

SchemaState schema_state(Database& database) {
  AppliedByNumber done;
  try {
    done = database.read(applied);
  } catch (const Unreachable&) {
    throw;
  } catch (const Error&) {
    // A database that is new has no table of migrations.
  }
  return {done.empty() ? std::string() : done.rbegin()->second.name,
          static_cast<int>(pending(done, embedded_migrations()).size())};
}

}  // namespace keepsake::db

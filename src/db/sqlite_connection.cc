#include "db/sqlite_connection.h"

#include <sqlite3.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "db/sqlite_statement.h"

namespace keepsake::db {
namespace {

// Another process (a command) may hold the file while it writes.
constexpr int busy_ms = 10'000;

// Memory statistics cost a lock that all connections share.
void prepare_library() {
  static std::once_flag once;
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

sqlite3* open_handle(const std::filesystem::path& file) {
  prepare_library();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  if (code == SQLITE_OK) return handle;
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> closer(handle, sqlite3_close);
  throw_sqlite(handle, code, "opening the database file");
}

}  // namespace

void SqliteConnection::Close::operator()(sqlite3* handle) const {
  sqlite3_close(handle);
}

SqliteConnection::SqliteConnection(const std::filesystem::path& file, SqliteUse use, bool durable)
    : handle_(open_handle(file)) {
  configure(use, durable);
}

SqliteConnection::~SqliteConnection() = default;

void SqliteConnection::configure(SqliteUse use, bool durable) {
  sqlite3_busy_timeout(handle_.get(), busy_ms);
  for (const int option : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY})
    sqlite3_db_config(handle_.get(), option, 1, nullptr);
  for (const int option : {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL})
    sqlite3_db_config(handle_.get(), option, 0, nullptr);
  become_wal();
  run_plain(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
  run_plain("PRAGMA secure_delete = ON");
  run_plain("PRAGMA temp_store = MEMORY");
  // A map would save 1.5 of 5 us a read, but 16 connections that map the same 32 MB count as 370 MiB
  // resident, and a failing disk would be a signal instead of an error.
  run_plain("PRAGMA mmap_size = 0");
  // A reader's holds the 500 leaves of an index that the feed of a viewer with 500 keys runs over; 16 of them
  // full are 48 MiB.
  run_plain(use == SqliteUse::write ? "PRAGMA cache_size = -4096" : "PRAGMA cache_size = -3072");
  run_plain("PRAGMA journal_size_limit = 67108864");
  if (use == SqliteUse::read) run_plain("PRAGMA query_only = ON");
}

// Two that open a new file at once would wait for each other, so here SQLite does not wait at all.
void SqliteConnection::become_wal() {
  for (int waited_ms = 0;; waited_ms += 10) try {
      return run_plain("PRAGMA journal_mode = WAL");
    } catch (const Busy&) {
      if (waited_ms >= busy_ms) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

void SqliteConnection::run_plain(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite(handle_.get(), code, sql);
}

SqliteStatement& SqliteConnection::statement(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return *found->second;
  if (statements_.size() >= most_statements)
    std::erase_if(statements_, [](const auto& entry) { return !entry.second->running(); });
  auto made = std::make_unique<SqliteStatement>(handle_.get(), sql);
  return *statements_.emplace(sql, std::move(made)).first->second;
}

void SqliteConnection::with_statement(std::string_view sql, std::span<const Param> params,
                                      const std::function<void(const Row&)>& each) {
  auto& cached = statement(sql);
  if (!cached.running()) return cached.run(params, each);
  SqliteStatement(handle_.get(), sql).run(params, each);
}

void SqliteConnection::query(std::string_view sql, std::span<const Param> params,
                             const std::function<void(const Row&)>& each) {
  with_statement(sql, params, each);
}

std::int64_t SqliteConnection::execute(std::string_view sql, std::span<const Param> params) {
  const auto before = changes();
  with_statement(sql, params, nullptr);
  return changes() != before ? sqlite3_changes64(handle_.get()) : 0;
}

void SqliteConnection::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool SqliteConnection::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

std::int64_t SqliteConnection::changes() const {
  return sqlite3_total_changes64(handle_.get());
}

bool SqliteConnection::owes_foreign_keys() const {
  int now = 0, highest = 0;
  sqlite3_db_status(handle_.get(), SQLITE_DBSTATUS_DEFERRED_FKS, &now, &highest, 0);
  return now != 0;
}

}  // namespace keepsake::db

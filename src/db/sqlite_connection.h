#pragma once
// One SQLite connection with its prepared statements, kept by their text. Used by one thread at a time.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/database.h"

struct sqlite3;

namespace keepsake::db {

enum class SqliteUse { read, write };

class SqliteStatement;

class SqliteConnection {
 public:
  // The file must exist. Throws Error and its kinds.
  SqliteConnection(const std::filesystem::path& file, SqliteUse use, bool durable);
  ~SqliteConnection();

  void query(std::string_view sql, std::span<const Param> params,
             const std::function<void(const Row&)>& each);
  // Returns how many rows the statement itself changed.
  std::int64_t execute(std::string_view sql, std::span<const Param> params = {});
  // Ends whatever transaction is open; never throws.
  void roll_back() noexcept;

  bool in_transaction() const;
  // Whether it can be used again.
  bool sound() const { return !in_transaction(); }
  // Rows changed since it was opened.
  std::int64_t changes() const;
  // Whether deferred foreign keys would make the commit fail.
  bool owes_foreign_keys() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  static constexpr std::size_t most_statements = 500;

  void configure(SqliteUse use, bool durable);
  void become_wal();
  void run_plain(const char* sql);
  SqliteStatement& statement(std::string_view sql);
  // Runs with the cached statement, or with one of its own if the cached one is in the middle of its rows.
  void with_statement(std::string_view sql, std::span<const Param> params,
                      const std::function<void(const Row&)>& each);

  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<SqliteStatement>, Hash, std::equal_to<>> statements_;
};

}  // namespace keepsake::db

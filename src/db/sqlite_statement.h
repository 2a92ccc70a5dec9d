#pragma once
// A prepared statement of SQLite: parameters bound by type, columns read by type.
#include <sqlite3.h>

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "db/database.h"

namespace keepsake::db {

// Throws the kind of Error that the result code stands for.
[[noreturn]] void throw_sqlite(sqlite3* handle, int code, std::string_view doing);

class SqliteStatement {
 public:
  // Throws Error unless `sql` is one statement with parameters $1, $2, ... in order.
  SqliteStatement(sqlite3* handle, std::string_view sql);

  void run(std::span<const Param> params, const std::function<void(const Row&)>& each);
  // In the middle of its rows.
  bool running() const { return running_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  class Run;
  void bind(int index, const Param& param);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::size_t parameters_ = 0;
  bool running_ = false;
};

}  // namespace keepsake::db

#include "db/sqlite_statement.h"

#include <cerrno>
#include <string>

#include "base/text.h"
#include "db/sql_text.h"
#include "db/text_rule.h"

namespace keepsake::db {
namespace {

bool is_disk_full(sqlite3* handle, int code) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  const int cause = sqlite3_system_errno(handle);
  return (code & 0xff) == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT);
}

const char* type_name(int type) {
  switch (type) {
    case SQLITE_INTEGER:
      return "an integer";
    case SQLITE_FLOAT:
      return "a floating point number";
    case SQLITE_TEXT:
      return "text";
    case SQLITE_BLOB:
      return "bytes";
    default:
      return "null";
  }
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    expect(column, SQLITE_INTEGER);
    return sqlite3_column_int64(statement_, column);
  }
  bool boolean(int column) const override {
    const auto value = integer(column);
    if (value != 0 && value != 1) throw Error("column " + std::to_string(column) + " is no boolean");
    return value == 1;
  }
  std::string_view text_view(int column) const override {
    expect(column, SQLITE_TEXT);
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {text, size(column)};
  }
  ByteView bytes_view(int column) const override {
    expect(column, SQLITE_BLOB);
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {bytes, size(column)};
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= sqlite3_column_count(statement_))
      throw Error("no column " + std::to_string(column));
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, int wanted) const {
    if (const int found = type(column); found != wanted)
      throw Error("column " + std::to_string(column) + " is " + type_name(found) + ", not " +
                  type_name(wanted));
  }
  std::size_t size(int column) const {
    return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  }

  sqlite3_stmt* statement_;
};

std::string json_list(std::span<const std::int64_t> values) {
  std::string list = "[";
  for (const auto value : values) list += (list.size() > 1 ? "," : "") + std::to_string(value);
  return list + "]";
}

// SQLite copies only what does not outlive the call; a null pointer would mean null, not empty.
struct Bind {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
  int operator()(bool value) const { return sqlite3_bind_int(statement, index, value); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(std::string_view text) const {
    check_text(text);
    return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(ByteView bytes) const {
    if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
  int operator()(std::span<const std::int64_t> values) const {
    const auto list = json_list(values);
    return sqlite3_bind_text64(statement, index, list.data(), list.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
};

}  // namespace

void throw_sqlite(sqlite3* handle, int code, std::string_view doing) {
  const std::string what = std::string(sqlite3_errmsg(handle)) + ": " + std::string(doing);
  if (is_disk_full(handle, code)) throw DiskFull(what);
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      throw UniqueViolation(what);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      throw ForeignKeyViolation(what);
    default:
      break;
  }
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) throw Busy(what);
  throw Error(what);
}

// Leaves the statement ready for the next run, however this one ends.
class SqliteStatement::Run {
 public:
  explicit Run(SqliteStatement& statement) : statement_(statement) { statement_.running_ = true; }
  ~Run() {
    sqlite3_reset(statement_.statement_.get());
    sqlite3_clear_bindings(statement_.statement_.get());
    statement_.running_ = false;
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

 private:
  SqliteStatement& statement_;
};

SqliteStatement::SqliteStatement(sqlite3* handle, std::string_view sql) : parameters_(count_parameters(sql)) {
  sqlite3_stmt* made = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, &rest);
  statement_.reset(made);
  if (code != SQLITE_OK) throw_sqlite(handle, code, sql);
  if (!made || !split_statements(sql.substr(static_cast<std::size_t>(rest - sql.data()))).empty())
    throw Error("not one statement: " + std::string(sql));
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(made)) != parameters_)
    throw Error("parameters are written $1, $2, ...: " + std::string(sql));
}

void SqliteStatement::bind(int index, const Param& param) {
  const int code = std::visit(Bind{statement_.get(), index}, param.value());
  if (code != SQLITE_OK) throw_sqlite(sqlite3_db_handle(statement_.get()), code, "binding a parameter");
}

void SqliteStatement::run(std::span<const Param> params, const std::function<void(const Row&)>& each) {
  auto* statement = statement_.get();
  if (params.size() != parameters_)
    throw Error(std::to_string(params.size()) + " values for " + std::to_string(parameters_) +
                " parameters: " + sqlite3_sql(statement));
  const Run run(*this);
  for (int index = 0; const auto& param : params) bind(++index, param);
  const SqliteRow row(statement);
  int code = SQLITE_OK;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    if (each) each(row);
  if (code != SQLITE_DONE) throw_sqlite(sqlite3_db_handle(statement), code, sqlite3_sql(statement));
}

}  // namespace keepsake::db

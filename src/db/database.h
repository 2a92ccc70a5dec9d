#pragma once
// The one way to the database, for SQLite and PostgreSQL with the same SQL text.
//
// SQL uses $1, $2, ... in order of first appearance (SQLite numbers them so; checked when a statement is
// prepared). Time is int64 microseconds UTC, a boolean is bool, bytes are bytes.
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/later.h"
#include "base/result.h"

namespace keepsake::db {

enum class Engine { sqlite, postgres };

class Line;

// A value on its way in; borrowed views stay valid until the call returns.
class Param {
 public:
  using Value = std::variant<std::monostate, bool, std::int64_t, std::string_view, ByteView,
                             std::span<const std::int64_t>>;
  Param(std::nullopt_t) {}
  Param(bool value) : value_(value) {}
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Param(T value) : value_(static_cast<std::int64_t>(value)) {}
  Param(std::string_view value) : value_(value) {}
  Param(const std::string& value) : value_(std::string_view(value)) {}
  Param(const char* value) : value_(std::string_view(value)) {}
  Param(ByteView value) : value_(value) {}
  Param(const Bytes& value) : value_(ByteView(value)) {}
  Param(const PublicId& value) : value_(value.bytes()) {}
  Param(Time value) : value_(to_micros(value)) {}
  template <class Tag>
  Param(RowId<Tag> id) : value_(id.value) {}
  // A list of keys: `= ANY($1)` on PostgreSQL and `IN (SELECT value FROM json_each($1))` on SQLite; see
  // keys_in().
  Param(std::span<const std::int64_t> values) : value_(values) {}
  template <class T>
  Param(const std::optional<T>& value) : null_type_(type_of<T>()) {
    if (value) *this = Param(*value);
  }
  const Value& value() const { return value_; }
  // The index in Value of the value, or of what stands there when it is not null; 0 if nobody knows.
  std::size_t type() const { return value_.index() == 0 ? null_type_ : value_.index(); }

 private:
  template <class T>
  static constexpr std::size_t type_of() {
    if constexpr (std::same_as<T, bool>) return 1;
    if constexpr (std::integral<T> || requires(T t) { RowId{t}; } || std::same_as<T, Time>) return 2;
    if constexpr (std::convertible_to<T, std::string_view>) return 3;
    return 4;
  }

  Value value_;
  std::size_t null_type_ = 0;
};

// One row of an answer, valid during the callback alone. Columns count from 0. Asking for a column of another
// type, or for a null without the optional form, throws db::Error.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual bool boolean(int column) const = 0;
  virtual std::string_view text_view(int column) const = 0;
  virtual ByteView bytes_view(int column) const = 0;

  std::string text(int column) const { return std::string(text_view(column)); }
  Bytes bytes(int column) const { return to_bytes(bytes_view(column)); }
  Time time(int column) const { return from_micros(integer(column)); }
  PublicId public_id(int column) const { return PublicId::from_bytes(bytes_view(column)); }
  template <class Id>
  Id id(int column) const {
    return Id{integer(column)};
  }
  std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<std::string> maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
  }
  std::optional<Bytes> maybe_bytes(int column) const {
    return is_null(column) ? std::nullopt : std::optional(bytes(column));
  }
  std::optional<Time> maybe_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional(time(column));
  }
};

// Statements within one consistent view of the data.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Engine engine() const = 0;

  // Calls `each` for every row, in order.
  template <class... A>
  void query(std::string_view sql, const std::function<void(const Row&)>& each, const A&... args) {
    const std::initializer_list<Param> params{Param(args)...};
    run_query(sql, {params.begin(), params.size()}, each);
  }
  // Every row as `read` makes it.
  template <class Read, class... A>
  auto all(std::string_view sql, Read&& read, const A&... args) {
    std::vector<std::invoke_result_t<Read, const Row&>> rows;
    query(sql, [&](const Row& row) { rows.push_back(read(row)); }, args...);
    return rows;
  }
  // The first row, if there is one.
  template <class Read, class... A>
  auto maybe(std::string_view sql, Read&& read, const A&... args) {
    std::optional<std::invoke_result_t<Read, const Row&>> found;
    query(
        sql,
        [&](const Row& row) {
          if (!found) found.emplace(read(row));
        },
        args...);
    return found;
  }
  // The first row; throws db::Error if there is none.
  template <class Read, class... A>
  auto one(std::string_view sql, Read&& read, const A&... args) {
    auto found = maybe(sql, std::forward<Read>(read), args...);
    if (!found) throw_no_row(sql);
    return std::move(*found);
  }
  template <class... A>
  bool exists(std::string_view sql, const A&... args) {
    return maybe(sql, [](const Row&) { return true; }, args...).has_value();
  }

 protected:
  virtual void run_query(std::string_view sql, std::span<const Param> params,
                         const std::function<void(const Row&)>& each) = 0;
  [[noreturn]] static void throw_no_row(std::string_view sql);
};

// A write in progress. What it wrote is durable before Database::write returns.
class Tx : public Reader {
 public:
  // Runs a statement and returns how many rows it changed. Throws UniqueViolation, ForeignKeyViolation,
  // Error; after that the transaction can only be undone, on both engines.
  template <class... A>
  std::int64_t execute(std::string_view sql, const A&... args) {
    const std::initializer_list<Param> params{Param(args)...};
    return run_execute(sql, {params.begin(), params.size()});
  }
  // An INSERT with RETURNING of one integer column.
  template <class Id, class... A>
  Id insert(std::string_view sql, const A&... args) {
    return one(sql, [](const Row& row) { return row.id<Id>(0); }, args...);
  }
  // Runs once the transaction is durable and before write() returns; never if it is rolled back. Must be
  // quick, must not throw and must not call write().
  virtual void after_commit(std::function<void()> act) = 0;

 protected:
  virtual std::int64_t run_execute(std::string_view sql, std::span<const Param> params) = 0;
};

// What went wrong, by kind. what() is for the log, never for the public.
struct Error : std::runtime_error {
  using runtime_error::runtime_error;
};
struct UniqueViolation : Error {
  using Error::Error;
};
struct ForeignKeyViolation : Error {
  using Error::Error;
};
struct Busy : Error {
  using Error::Error;
};  // the engine did not answer within its bound, or the queue is full
struct DiskFull : Error {
  using Error::Error;
};
struct Unreachable : Error {
  using Error::Error;
};  // PostgreSQL is gone or does not answer; calls fail at once until it is found again
struct NewerSchema : Error {
  using Error::Error;
};  // written by a later Keepsake

// Counted since the database was opened.
struct Stats {
  std::uint64_t writes = 0;   // closures whose work was kept
  std::uint64_t commits = 0;  // transactions that carried them
  std::uint64_t retries = 0;  // PostgreSQL: closures run anew after a serialisation failure
  std::uint64_t waiting = 0;  // SQLite: closures that wait now
};

// A write on its way to the disk.
struct PendingWrite {
  std::function<bool(Tx&)> fn;   // whether to keep what it wrote
  std::function<void()> landed;  // called once it is durable or undone; after that this may be gone
  std::exception_ptr fault = {};
};

template <class F>
class Writing;

// Thread-safe. Reads run on the caller's thread with a pooled connection. Writes: on SQLite one writer thread
// takes all that wait (at most 64), one commit, then answers; on PostgreSQL a connection of
// the caller's own, SERIALIZABLE and retried on serialisation failure.
class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;
  virtual Stats stats() const = 0;

  // A connection apart, for one thread that may not wait for others. The database outlives it.
  virtual std::unique_ptr<Line> line() = 0;

  // Writes a consistent copy of a SQLite database to `file` (mode 0600, must not exist), on disk before it
  // returns, while others read and write. Throws Error on PostgreSQL, which has pg_dump.
  virtual void copy_to(const std::filesystem::path& file) = 0;

  // Runs `fn(Reader&)` in one consistent view and returns its value. A read within a read or a write on the
  // same thread joins it.
  template <class F>
  auto read(F&& fn) -> std::invoke_result_t<F, Reader&> {
    using T = std::invoke_result_t<F, Reader&>;
    if constexpr (std::is_void_v<T>) {
      run_read([&](Reader& reader) { fn(reader); });
    } else {
      std::optional<T> value;
      run_read([&](Reader& reader) { value.emplace(fn(reader)); });
      return std::move(*value);
    }
  }

  // Runs `fn(Tx&)` and returns its value once the write is durable. `fn` must be quick (under 10 ms), must
  // not call write() itself (that throws Error), and may be run more than once (PostgreSQL retries; SQLite
  // begins a batch anew where one of it is undone): it changes nothing but the database and what it returns.
  // If it throws, or returns a refused Result, everything it wrote is undone.
  template <class F>
  auto write(F&& fn) -> std::invoke_result_t<F, Tx&> {
    using T = std::invoke_result_t<F, Tx&>;
    if constexpr (std::is_void_v<T>) {
      run_write([&](Tx& tx) {
        fn(tx);
        return true;
      });
    } else {
      std::optional<T> value;
      run_write([&](Tx& tx) { return is_kept(value.emplace(fn(tx))); });
      return std::move(*value);
    }
  }

  // The same for a coroutine, which holds no thread while the disk is waited for: `co_await
  // database.writing(fn)`. (On PostgreSQL the thread is held.)
  template <class F>
  Writing<F> writing(F fn) {
    return {*this, std::move(fn)};
  }

 protected:
  template <class F>
  friend class Writing;

  template <class T>
  static bool is_kept(const T& value) {
    if constexpr (requires {
                    { value.refused() } -> std::same_as<bool>;
                  })
      return !value.refused();
    return true;
  }

  virtual void run_read(const std::function<void(Reader&)>& fn) = 0;
  // `fn` returns whether to keep what it wrote.
  virtual void run_write(const std::function<bool(Tx&)>& fn) = 0;
  // False if it has landed before this returns, without a word; throws what write() throws.
  virtual bool begin_write(PendingWrite& write) {
    run_write(write.fn);
    return false;
  }
};

// What `writing` gives: to be awaited, once.
template <class F>
class [[nodiscard]] Writing {
 public:
  using Value = std::invoke_result_t<F, Tx&>;

  Writing(Database& database, F fn) : database_(database), fn_(std::move(fn)) {}
  Writing(const Writing&) = delete;

  bool await_ready() const { return false; }
  template <std::derived_from<Going> Promise>
  bool await_suspend(std::coroutine_handle<Promise> waiting) {
    write_.fn = [this](Tx& tx) { return Database::is_kept(value_.emplace(fn_(tx))); };
    write_.landed = [go_on = waiting.promise().go_on, waiting] { (*go_on)(waiting); };
    carried_ = Carried::now;
    const bool waits = database_.begin_write(write_);
    if (waits) Carried::now = nullptr;  // by now this may be gone
    return waits;
  }
  Value await_resume() {
    Carried::now = carried_;
    if (write_.fault) std::rethrow_exception(write_.fault);
    return *std::move(value_);
  }

 private:
  Database& database_;
  F fn_;
  std::optional<Value> value_;
  void* carried_ = nullptr;
  PendingWrite write_;
};

// "<column> = ANY($n)" or "<column> IN (SELECT value FROM json_each($n))", for a parameter that is a list of
// keys.
std::string keys_in(Engine engine, std::string_view column, int parameter);

}  // namespace keepsake::db

#pragma once
// One connection to PostgreSQL with its prepared statements, kept by their text. Used by one thread at a
// time.
#include <libpq-fe.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/database.h"
#include "db/postgres_values.h"

namespace keepsake::db {

// The transaction lost against another one and may be tried anew (40001, 40P01).
struct Conflict : Busy {
  using Busy::Busy;
};

class PostgresConnection {
 public:
  // Throws Unreachable.
  PostgresConnection(const std::string& address, bool durable);

  void query(std::string_view sql, std::span<const Param> params,
             const std::function<void(const Row&)>& each);
  // Returns how many rows the statement changed.
  std::int64_t execute(std::string_view sql, std::span<const Param> params);
  // Runs text without parameters, unprepared.
  void run(const std::string& sql);
  // Throws Error if the server rolled back instead, and Unreachable if nobody knows.
  void commit();
  // Ends whatever transaction is open; never throws.
  void roll_back() noexcept;
  // Whether it can be used again.
  bool sound() const;

 private:
  struct Finish {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Answer = std::unique_ptr<PGresult, Clear>;
  static constexpr std::size_t most_statements = 500;

  void configure(bool durable);
  Answer ask(std::string_view sql, std::span<const Param> params);
  const std::string& prepared(std::string_view sql, const PostgresParams& params);
  Answer checked(PGresult* result, std::string_view doing);
  [[noreturn]] void fail(const PGresult* result, std::string_view doing);

  std::unique_ptr<PGconn, Finish> handle_;
  std::unordered_map<std::string, std::string> names_;
  std::uint64_t last_name_ = 0;
  bool outdated_ = false;
};

}  // namespace keepsake::db

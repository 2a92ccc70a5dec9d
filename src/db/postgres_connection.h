#pragma once
// One connection to PostgreSQL with its prepared statements, kept by their text. Used by one thread at a
// time.
#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/database.h"
#include "db/postgres_values.h"
#include "db/postgres_wait.h"

namespace keepsake::db {

// The transaction lost against another one and may be tried anew (40001, 40P01).
struct Conflict : Busy {
  using Busy::Busy;
};

class PostgresConnection {
 public:
  // How long connecting may take (of several hosts, each), and a statement that never has to wait.
  static constexpr std::chrono::seconds short_patience{3};

  // No answer is waited for longer than `patience`. Throws Unreachable.
  PostgresConnection(const std::string& address, bool durable, std::chrono::milliseconds patience);

  void query(std::string_view sql, std::span<const Param> params,
             const std::function<void(const Row&)>& each);
  // Returns how many rows the statement changed.
  std::int64_t execute(std::string_view sql, std::span<const Param> params);
  // Runs text without parameters, unprepared.
  void run(const std::string& sql);
  // The same for what a server that is there answers at once, as BEGIN: throws Silent after the short
  // patience.
  void run_quickly(const std::string& sql);
  // Throws Error if the server rolled back instead, and Unreachable if nobody knows.
  void commit();
  // Ends whatever transaction is open; never throws.
  void roll_back() noexcept;
  // Whether it can be used again.
  bool sound() const;

  // Takes what the server sent unasked; whether a NOTIFY was in it that came from another connection. Throws
  // Unreachable.
  bool hear();
  // Becomes readable when there is something to hear.
  int socket() const { return PQsocket(handle_.get()); }

 private:
  struct Finish {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  using Answer = PostgresAnswer;
  static constexpr std::size_t most_statements = 500;

  void configure(bool durable);
  Answer ask(std::string_view sql, std::span<const Param> params);
  const std::string& prepared(std::string_view sql, const PostgresParams& params);
  // The answer to what was just sent.
  Answer answer_to(int sent, std::string_view doing, std::chrono::milliseconds patience);
  Answer answer_to(int sent, std::string_view doing) { return answer_to(sent, doing, patience_); }
  [[noreturn]] void fail(const PGresult* result, std::string_view doing);

  std::unique_ptr<PGconn, Finish> handle_;
  std::unordered_map<std::string, std::string> names_;
  std::uint64_t last_name_ = 0;
  bool outdated_ = false;
  std::chrono::milliseconds patience_;
};

}  // namespace keepsake::db

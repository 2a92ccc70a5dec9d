#include "db/postgres_connection.h"

#include <algorithm>
#include <charconv>

#include "db/administer.h"
#include "db/sql_text.h"

namespace keepsake::db {
namespace {

// What the address does not say itself; the encoding is not for it to say. A server that vanished while
// nobody asked it anything is noticed within 15 seconds, and of several hosts the one that takes writes is
// used.
PGconn* connect(const std::string& address) {
  const char* keywords[] = {"application_name",     "connect_timeout",
                            "keepalives_idle",      "keepalives_interval",
                            "keepalives_count",     "tcp_user_timeout",
                            "target_session_attrs", "dbname",
                            "client_encoding",      nullptr};
  const char* values[] = {"keepsake",      "3",    "10",   "5", "1", "15000", "read-write",
                          address.c_str(), "UTF8", nullptr};
  return PQconnectdbParams(keywords, values, 1);
}

std::string field(const PGresult* result, int code) {
  const char* text = result ? PQresultErrorField(result, code) : nullptr;
  return text ? text : "";
}

// Without DETAIL, which quotes what people wrote.
std::string message(const PGresult* result, const std::string& state, std::string_view doing) {
  return field(result, PG_DIAG_MESSAGE_PRIMARY) + " (" + state + "): " + std::string(doing);
}

bool is_unreachable(std::string_view state) {
  // No answer at all; 08: connection; 57P: shut down; 25P03: ended for idling; 25006: no longer the primary.
  return state.empty() || state.starts_with("08") || state.starts_with("57P") || state == "25P03" ||
         state == "25006";
}

// PostgreSQL's documentation, Appendix A: error codes.
[[noreturn]] void throw_postgres(std::string_view state, const std::string& what) {
  if (is_unreachable(state)) throw Unreachable(what);
  if (state == "40001" || state == "40P01") throw Conflict(what);
  if (state == "23505") throw UniqueViolation(what);
  if (state == "23503") throw ForeignKeyViolation(what);
  if (state == "53100") throw DiskFull(what);
  if (state.starts_with("53") || state == "55P03" || state == "57014") throw Busy(what);
  throw Error(what);
}

std::int64_t rows_changed(PGresult* result) {
  const std::string_view command = PQcmdStatus(result), rows = PQcmdTuples(result);
  std::int64_t changed = 0;
  if (!command.starts_with("SELECT")) std::from_chars(rows.data(), rows.data() + rows.size(), changed);
  return changed;
}

}  // namespace

PostgresConnection::PostgresConnection(const std::string& address, bool durable,
                                       std::chrono::milliseconds patience)
    : handle_(connect(address)), patience_(patience) {
  if (PQstatus(handle_.get()) != CONNECTION_OK)
    throw Unreachable(std::string("connecting: ") + PQerrorMessage(handle_.get()));
  PQsetNoticeReceiver(handle_.get(), [](void*, const PGresult*) {}, nullptr);
  PQsetnonblocking(handle_.get(), 1);
  configure(durable);
}

void PostgresConnection::configure(bool durable) {
  const auto statement = std::max(patience_ - std::chrono::seconds(2), patience_ / 2);
  run("SET statement_timeout = " + std::to_string(statement.count()) +
      "; SET lock_timeout = '10s'; SET jit = off;"
      "SET idle_in_transaction_session_timeout = '5min'; SET standard_conforming_strings = on");
  // Whoever turned this off for the server did not mean what people were told is kept.
  run(durable ? "SELECT set_config('synchronous_commit', 'on', false) "
                "WHERE current_setting('synchronous_commit') = 'off'"
              : "SET synchronous_commit = off");
}

void PostgresConnection::fail(const PGresult* result, std::string_view doing) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  // 0A000, 26000: a prepared statement no longer fits the schema.
  if (is_unreachable(state) || state == "0A000" || state == "26000") outdated_ = true;
  throw_postgres(state, message(result, state, doing));
}

PostgresConnection::Answer PostgresConnection::answer_to(int sent, std::string_view doing,
                                                         std::chrono::milliseconds patience) {
  outdated_ = true;  // unless the answer comes
  Answer answer = await(handle_.get(), sent, patience);
  outdated_ = false;
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(answer.get(), doing);
  return answer;
}

const std::string& PostgresConnection::prepared(std::string_view sql, const PostgresParams& params) {
  auto key = params.signature().append(" ").append(sql);
  if (const auto found = names_.find(key); found != names_.end()) return found->second;
  if (names_.size() >= most_statements) {
    run("DEALLOCATE ALL");
    names_.clear();
  }
  if (const auto wanted = count_parameters(sql); wanted != static_cast<std::size_t>(params.count()))
    throw Error(std::to_string(params.count()) + " values for " + std::to_string(wanted) +
                " parameters: " + std::string(sql));
  auto name = "s" + std::to_string(++last_name_);
  answer_to(
      PQsendPrepare(handle_.get(), name.c_str(), std::string(sql).c_str(), params.count(), params.types()),
      sql);
  return names_.emplace(std::move(key), std::move(name)).first->second;
}

PostgresConnection::Answer PostgresConnection::ask(std::string_view sql, std::span<const Param> params) {
  const PostgresParams given(params);
  const auto& name = prepared(sql, given);
  return answer_to(PQsendQueryPrepared(handle_.get(), name.c_str(), given.count(), given.values(),
                                       given.lengths(), given.formats(), 1),
                   sql);
}

void PostgresConnection::query(std::string_view sql, std::span<const Param> params,
                               const std::function<void(const Row&)>& each) {
  const auto answer = ask(sql, params);
  for (int row = 0; row < PQntuples(answer.get()); ++row) each(PostgresRow(answer.get(), row));
}

std::int64_t PostgresConnection::execute(std::string_view sql, std::span<const Param> params) {
  return rows_changed(ask(sql, params).get());
}

void PostgresConnection::run(const std::string& sql) {
  answer_to(PQsendQuery(handle_.get(), sql.c_str()), sql);
}

void PostgresConnection::run_quickly(const std::string& sql) {
  answer_to(PQsendQuery(handle_.get(), sql.c_str()), sql,
            std::min<std::chrono::milliseconds>(patience_, short_patience));
}

void PostgresConnection::commit() {
  const auto answer = answer_to(PQsendQuery(handle_.get(), "COMMIT"), "COMMIT");
  if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
    throw Error("a failed statement was passed over");
}

void PostgresConnection::roll_back() noexcept {
  const auto status = PQtransactionStatus(handle_.get());
  if (outdated_ || (status != PQTRANS_INTRANS && status != PQTRANS_INERROR)) return;
  try {
    run_quickly("ROLLBACK");
  } catch (const Error&) {
    outdated_ = true;
  }
}

bool PostgresConnection::sound() const {
  return !outdated_ && PQstatus(handle_.get()) == CONNECTION_OK &&
         PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
}

bool PostgresConnection::hear() {
  outdated_ = !PQconsumeInput(handle_.get());
  if (outdated_) throw Unreachable("the connection broke");
  bool heard = false;
  while (PGnotify* notice = PQnotifies(handle_.get())) {
    heard |= notice->be_pid != PQbackendPID(handle_.get());
    PQfreemem(notice);
  }
  return heard;
}

void run_alone(const std::string& address, const std::string& statement) {
  PostgresConnection(address, true, std::chrono::minutes(5)).run(statement);
}

}  // namespace keepsake::db

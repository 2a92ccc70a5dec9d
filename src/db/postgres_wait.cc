#include "db/postgres_wait.h"

#include <poll.h>

#include <algorithm>

namespace keepsake::db {
namespace {

using Steady = std::chrono::steady_clock;

bool is_fault(const PostgresAnswer& answer) {
  return answer && PQresultStatus(answer.get()) == PGRES_FATAL_ERROR;
}

// Returns when there is something to read, or to write if `events` says so.
void wait_for(PGconn* connection, short events, Steady::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now()).count();
  if (left <= 0) throw Silent("no answer in time");
  pollfd waiting{PQsocket(connection), events, 0};
  ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
}

// False if the connection broke.
bool send_rest(PGconn* connection, Steady::time_point until) {
  while (const int left = PQflush(connection)) {
    if (left < 0) return false;
    wait_for(connection, POLLIN | POLLOUT, until);
    if (!PQconsumeInput(connection)) return false;
  }
  return true;
}

bool receive(PGconn* connection, Steady::time_point until) {
  while (PQisBusy(connection)) {
    wait_for(connection, POLLIN, until);
    if (!PQconsumeInput(connection)) return false;
  }
  return true;
}

}  // namespace

PostgresAnswer await(PGconn* connection, int sent, std::chrono::milliseconds patience) {
  const auto until = Steady::now() + patience;
  if (!sent) return nullptr;
  // After a fault there may be an answer to read still: why the server closed the connection.
  send_rest(connection, until);
  PostgresAnswer answer;
  while (receive(connection, until)) {
    PostgresAnswer next(PQgetResult(connection));
    if (!next) break;
    if (!is_fault(answer)) answer = std::move(next);
  }
  return answer;
}

}  // namespace keepsake::db

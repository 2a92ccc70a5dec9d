#pragma once
// libpq's own calls wait for an answer without end. These do not: a server that is silent (a cut network, a
// machine that stands still) is noticed whatever lies between.
#include <libpq-fe.h>

#include <chrono>
#include <memory>

#include "db/database.h"

namespace keepsake::db {

// The server did not answer in time; what was asked of it may have happened or not.
struct Silent : Unreachable {
  using Unreachable::Unreachable;
};

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresAnswer = std::unique_ptr<PGresult, ClearResult>;

// The answer to what PQsendQuery and its like took (`sent` is what they returned) on a non-blocking
// connection: the last result, or the first that is a fault; none if the connection broke. Throws Silent if
// it is not complete within `patience`; the connection is of no use after that.
PostgresAnswer await(PGconn* connection, int sent, std::chrono::milliseconds patience);

}  // namespace keepsake::db

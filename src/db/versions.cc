#include "db/versions.h"

#include <libpq-fe.h>
#include <sqlite3.h>

namespace keepsake::db {

std::vector<LibraryVersion> library_versions() {
  const int pq = PQlibVersion();
  return {{"SQLite", sqlite3_libversion()},
          {"libpq", std::to_string(pq / 10'000) + "." + std::to_string(pq % 10'000)}};
}

}  // namespace keepsake::db

#include "db/administer.h"
#include "db/open.h"

namespace keepsake::db {

std::unique_ptr<Database> open_postgres(const std::string&, const Options&) {
  throw Unreachable("PostgreSQL");
}

void run_alone(const std::string&, const std::string&) {
  throw Unreachable("PostgreSQL");
}

}  // namespace keepsake::db

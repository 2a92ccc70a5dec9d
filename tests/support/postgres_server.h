#pragma once
#include <string>

namespace keepsake::support {

// The address of a throw-away PostgreSQL, started at the first call; empty if there can be none.
bool postgres_installed();
const std::string& postgres_address();
// The same server, another database of it.
std::string postgres_address(const std::string& database);

}  // namespace keepsake::support

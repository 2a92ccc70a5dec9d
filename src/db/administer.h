#pragma once
#include <string>

namespace keepsake::db {

// Runs one statement on PostgreSQL outside any transaction (CREATE DATABASE and its like), on a connection of
// its own. Throws Error and its kinds.
void run_alone(const std::string& address, const std::string& statement);

}  // namespace keepsake::db

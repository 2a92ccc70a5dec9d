#pragma once
// Databases on the throw-away PostgreSQL. Making one takes tens of milliseconds, so those that tests have
// finished with are emptied and given out again.
#include <string>

namespace keepsake::support {

// The address of an empty database.
std::string make_empty_postgres();
void drop_postgres(const std::string& address);
// The address of a database as the migrations leave it.
std::string take_migrated_postgres();
// Nothing may be connected to it any longer.
void give_back_postgres(const std::string& address);

}  // namespace keepsake::support

#pragma once
#include <cstdint>
#include <filesystem>

#include "db/database.h"

namespace keepsake::db {

// Writes snapshots/keepsake-NNNN-OWN-MICROS.db, NNNN being the migration that is about to run, OWN eight
// random letters and digits and MICROS the time.
void write_snapshot(Database& database, const std::filesystem::path& snapshots, std::int64_t number);

}  // namespace keepsake::db

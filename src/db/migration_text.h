#pragma once
// The numbered files of migrations/, as the binary carries them.
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "db/database.h"

namespace keepsake::db {

struct Migration {
  std::int64_t number;
  std::string name;  // "0002_person"
  std::string_view text;
  Bytes hash() const;  // SHA-256 of the text
};

// In order of number. Throws Error for a name that is not migrations/NNNN_name.sql or a number given twice.
std::vector<Migration> embedded_migrations();

// As migrate() of db/open.h, with these in place of the embedded ones.
int migrate_with(Database& database, const std::vector<Migration>& all,
                 const std::filesystem::path& snapshots);

}  // namespace keepsake::db

#pragma once
// The numbered files of migrations/, as the binary carries them.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace keepsake::db {

struct Migration {
  std::int64_t number;
  std::string name;  // "0002_person"
  std::string_view text;
  Bytes hash() const;  // SHA-256 of the text
};

// In order of number. Throws Error for a name that is not migrations/NNNN_name.sql or a number given twice.
std::vector<Migration> embedded_migrations();

}  // namespace keepsake::db

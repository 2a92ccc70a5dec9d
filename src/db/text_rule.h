#pragma once
#include <string_view>

#include "base/text.h"
#include "db/database.h"

namespace keepsake::db {

// What PostgreSQL takes as text, held on SQLite too: well-formed UTF-8 without NUL. Throws Error.
inline void check_text(std::string_view text) {
  if (text.find('\0') != text.npos) throw Error("text with a NUL");
  if (!is_utf8(text)) throw Error("text that is not UTF-8");
}

}  // namespace keepsake::db

#pragma once
#include <memory>
#include <string>

#include "db/line.h"

namespace keepsake::db {

// Connects at the first use. Its bell is LISTEN and NOTIFY.
std::unique_ptr<Line> make_postgres_line(const std::string& address, bool durable);

}  // namespace keepsake::db

#pragma once
#include <vector>

#include "db/database.h"
#include "upkeep/daily_figures.h"

namespace keepsake::daily_figure_store {

// Adds the counts to those of that day.
void add(db::Tx& tx, const DayFigures& more);
void put_sizes(db::Tx& tx, std::chrono::sys_days day, const Sizes& sizes);
// The oldest first.
std::vector<DayFigures> since(db::Reader& reader, std::chrono::sys_days first);
void remove_before(db::Tx& tx, std::chrono::sys_days day);
std::int64_t database_bytes(db::Reader& reader);

}  // namespace keepsake::daily_figure_store

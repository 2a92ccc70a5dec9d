#include "upkeep/daily_figure_store.h"

namespace keepsake::daily_figure_store {
namespace {

std::int64_t number_of(std::chrono::sys_days day) {
  return day.time_since_epoch().count();
}

DayFigures read_day(const db::Row& row) {
  DayFigures day{.day = std::chrono::sys_days(std::chrono::days(row.integer(0))),
                 .requests = row.integer(1),
                 .failures = row.integer(2)};
  if (!row.is_null(3)) day.sizes = Sizes{row.integer(3), row.integer(4), row.integer(5)};
  return day;
}

}  // namespace

void add(db::Tx& tx, const DayFigures& more) {
  tx.execute(
      "INSERT INTO daily_figure (day, requests, failures) VALUES ($1, $2, $3) ON CONFLICT (day) DO UPDATE "
      "SET requests = daily_figure.requests + excluded.requests, "
      "failures = daily_figure.failures + excluded.failures",
      number_of(more.day), more.requests, more.failures);
}

void put_sizes(db::Tx& tx, std::chrono::sys_days day, const Sizes& sizes) {
  tx.execute(
      "INSERT INTO daily_figure (day, photo_bytes, database_bytes, free_bytes) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (day) DO UPDATE SET photo_bytes = excluded.photo_bytes, "
      "database_bytes = excluded.database_bytes, free_bytes = excluded.free_bytes",
      number_of(day), sizes.photos, sizes.database, sizes.free);
}

std::vector<DayFigures> since(db::Reader& reader, std::chrono::sys_days first) {
  return reader.all(
      "SELECT day, requests, failures, photo_bytes, database_bytes, free_bytes FROM daily_figure "
      "WHERE day >= $1 ORDER BY day",
      read_day, number_of(first));
}

void remove_before(db::Tx& tx, std::chrono::sys_days day) {
  tx.execute("DELETE FROM daily_figure WHERE day < $1", number_of(day));
}

std::int64_t database_bytes(db::Reader& reader) {
  const bool sqlite = reader.engine() == db::Engine::sqlite;
  return reader.one(sqlite
                        ? "SELECT c.page_count * s.page_size FROM pragma_page_count() c, pragma_page_size() s"
                        : "SELECT pg_database_size(current_database())",
                    [](const db::Row& row) { return row.integer(0); });
}

}  // namespace keepsake::daily_figure_store

#include "upkeep/daily_figures.h"

#include "upkeep/daily_figure_store.h"

namespace keepsake {

std::chrono::sys_days DailyFigures::today() const {
  return std::chrono::floor<std::chrono::days>(clock_.now());
}

void DailyFigures::add(std::int64_t requests, std::int64_t failures) {
  if (requests == 0 && failures == 0) return;
  database_.write([&](db::Tx& tx) {
    daily_figure_store::add(tx, {.day = today(), .requests = requests, .failures = failures});
  });
}

void DailyFigures::measure(const Sizes& sizes) {
  database_.write([&](db::Tx& tx) { daily_figure_store::put_sizes(tx, today(), sizes); });
}

std::vector<DayFigures> DailyFigures::last(int days) const {
  const auto first = today() - std::chrono::days(days - 1);
  const auto known =
      database_.read([&](db::Reader& reader) { return daily_figure_store::since(reader, first); });
  std::vector<DayFigures> all;
  auto next = known.begin();
  for (auto day = first; day <= today(); day += std::chrono::days(1)) {
    all.push_back({.day = day});
    if (next != known.end() && next->day == day) all.back() = *next++;
  }
  return all;
}

void DailyFigures::sweep() {
  database_.write([&](db::Tx& tx) { daily_figure_store::remove_before(tx, today() - kept_for); });
}

std::int64_t DailyFigures::database_bytes(db::Reader& reader) {
  return daily_figure_store::database_bytes(reader);
}

}  // namespace keepsake

#pragma once
// What a host wants to see of the days behind: how much was asked and failed, and how much room is taken.
// Counts and bytes alone: no addresses, no paths, no persons.
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "db/database.h"

namespace keepsake {

struct Sizes {
  std::int64_t photos = 0;    // of everybody, before they are encrypted
  std::int64_t database = 0;  // as the engine says
  std::int64_t free = 0;      // on the disk that the photos lie on
};

struct DayFigures {
  std::chrono::sys_days day;
  std::int64_t requests = 0;
  std::int64_t failures = 0;        // of them: by a fault of this place's own
  std::optional<Sizes> sizes = {};  // the last of the day; none if it was not measured
};

class DailyFigures {
 public:
  static constexpr std::chrono::days kept_for{366};

  DailyFigures(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // What one server counted since it last did. Several may.
  void add(std::int64_t requests, std::int64_t failures);
  void measure(const Sizes& sizes);
  // `days` days up to today, the oldest first; those about which nothing is known too.
  std::vector<DayFigures> last(int days) const;
  // Forgets what is older than `kept_for`.
  void sweep();

  static std::int64_t database_bytes(db::Reader& reader);

 private:
  std::chrono::sys_days today() const;

  db::Database& database_;
  const Clock& clock_;
};

}  // namespace keepsake

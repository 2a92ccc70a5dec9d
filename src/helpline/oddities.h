#pragma once
// What is wrong or odd about records, as `keepsake helplines check` and the host's page say it.
#include <chrono>
#include <string>
#include <vector>

#include "helpline/line.h"

namespace keepsake {

struct Oddity {
  enum class Weight {
    grave,  // the record must not be shown: a number would be wrong, or nothing bears it out
    mild,   // a person should look at it
  };
  Weight weight = Weight::mild;
  std::string id;         // of the line
  std::string sentence;   // plain English
  std::size_t place = 0;  // of the line among those that were looked at together
};

// Whether a line's latest date lies longer back than `limit`.
bool is_stale(const Line& line, std::chrono::sys_days today, std::chrono::months limit);

// Of one record. "Made up": an international form of a short code (+44116123 for 116 123), which no telephone
// reaches; ITU-T E.164 gives short codes no such form.
std::vector<Oddity> oddities_of(const Line& line, std::chrono::sys_days today, std::chrono::months limit);
// What several records have that only one should: an id, a number within a country.
std::vector<Oddity> shared_among(const std::vector<Line>& lines);
// Of all together: those of each, and what they share.
std::vector<Oddity> oddities_of(const std::vector<Line>& lines, std::chrono::sys_days today,
                                std::chrono::months limit);

}  // namespace keepsake

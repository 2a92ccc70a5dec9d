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
  std::string id;        // of the line
  std::string sentence;  // plain English
};

// Whether a line's latest date lies longer back than `limit`.
bool is_stale(const Line& line, std::chrono::sys_days today, std::chrono::months limit);

// Of one record. "Made up": an international form of a short code (+44116123 for 116 123), which no telephone
// reaches; ITU-T E.164 gives short codes no such form.
std::vector<Oddity> oddities_of(const Line& line, std::chrono::sys_days today, std::chrono::months limit);
// Of all together: those of each, ids that stand twice, numbers that several lines of a country share.
std::vector<Oddity> oddities_of(const std::vector<Line>& lines, std::chrono::sys_days today,
                                std::chrono::months limit);

}  // namespace keepsake

#include "base/day_text.h"

#include <cstdio>

namespace keepsake {

std::string day_text(Time time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

}  // namespace keepsake

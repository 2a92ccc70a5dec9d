#pragma once
#include <string>

#include "base/clock.h"

namespace keepsake {

// "2026-11-22", in UTC (RFC 3339's full-date).
std::string day_text(Time time);

}  // namespace keepsake

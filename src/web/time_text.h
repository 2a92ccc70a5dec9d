#pragma once
// Times as pages and programs write them: RFC 3339, in UTC.
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/day_text.h"

namespace keepsake::web {

std::string time_text(Time time);  // "2026-11-22T21:51:54Z"
// When something ends: a time as above, or the end of the day named. Nothing for anything else, or for a year
// outside 1970 to 9999.
std::optional<Time> parse_end(std::string_view text);

}  // namespace keepsake::web

#pragma once
// A record as text: one JSON object a line, as docs/helplines.md describes it.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "helpline/line.h"

namespace keepsake {

inline constexpr std::size_t most_line_bytes = 16 * 1024;

// Everything that is known of the record, and nothing unknown: a field that no record has, one that is
// missing or cannot be taken refuses it (invalid; the field's name, "channels.0.dial", and what is wrong with
// it).
Result<Line> parse_line(std::string_view text);
// The same record on one line, without the line's end.
std::string line_text(const Line& line);

// Hours as one writes them into a form: "always", or days and times parted by semicolons,
// "mo-fr 09:00-17:00; sa 10:00-14:00". Refused: invalid (field "hours").
Result<Hours> parse_hours(std::string_view text, const std::string& zone);
std::string hours_text(const Hours& hours);

}  // namespace keepsake

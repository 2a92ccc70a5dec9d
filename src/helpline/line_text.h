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

}  // namespace keepsake

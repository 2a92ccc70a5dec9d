#pragma once
// Text from outside, before anything else looks at it.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake {

// Well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(std::string_view text);
// Well-formed and free of NUL and the other C0 controls but tab, line feed and carriage return.
bool is_clean_text(std::string_view text);
// The number of code points; `text` must be well-formed.
std::size_t code_points(std::string_view text);
// Without the white space (ASCII) at both ends.
std::string_view trim(std::string_view text);
// ASCII letters alone are folded; everything else stays.
std::string ascii_lower(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
// At most `limit` bytes, cut between code points.
std::string_view cut_at(std::string_view text, std::size_t limit);

}  // namespace keepsake

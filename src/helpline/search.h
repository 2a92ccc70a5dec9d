#pragma once
#include <string_view>

#include "helpline/line.h"

namespace keepsake {

inline constexpr std::size_t most_search_bytes = 200;

// Whether each word of `query` stands in the line's name, in what it says of whom it is for, or in `more`
// (its topics in the reader's language); whatever the case (Unicode). A number is found by its digits,
// however it is parted. An empty query is in every line.
bool mentions(const Line& line, std::string_view query, std::string_view more);

}  // namespace keepsake

#pragma once
// Figures by day as bars, drawn here (SVG 2): nothing is asked of anybody else. The page says the same as a
// table.
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "html/safe_html.h"

namespace keepsake::web {

struct Bar {
  std::chrono::sys_days day;
  std::optional<std::int64_t> value;  // 0 or more; none: not known, and drawn as nothing
};

// `about` is what a screen reader is told in its place. As wide as its place and as high as the style sheet
// says (class "bars"); the highest bar takes the whole height, what is not nothing a little.
html::SafeHtml bar_chart(std::span<const Bar> bars, std::string_view about);

// The day with the most; null if every day is unknown or nothing.
const Bar* highest(std::span<const Bar> bars);

}  // namespace keepsake::web

#include "web/chart.h"

#include <algorithm>

namespace keepsake::web {
namespace {

constexpr long long column = 10;  // of each day, with the room between two
constexpr long long height = 1000;
constexpr long long least = 12;  // of what is not nothing, so that it is seen

long long height_of(std::int64_t value, std::int64_t most) {
  if (value <= 0) return 0;
  const double part = static_cast<double>(value) / static_cast<double>(most);
  return std::clamp(static_cast<long long>(part * height), least, height);
}

}  // namespace

const Bar* highest(std::span<const Bar> bars) {
  const auto found = std::ranges::max_element(bars, {}, [](const Bar& bar) { return bar.value.value_or(0); });
  return found == bars.end() || found->value.value_or(0) <= 0 ? nullptr : &*found;
}

html::SafeHtml bar_chart(std::span<const Bar> bars, std::string_view about) {
  const Bar* most = highest(bars);
  html::SafeWriter svg;
  svg.markup("<svg class=\"bars\" role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 ")
      .number(static_cast<long long>(bars.size()) * column)
      .markup(" 1000\" aria-label=\"")
      .text(about)
      .markup("\">");
  for (std::size_t i = 0; most && i < bars.size(); ++i) {
    const long long high = height_of(bars[i].value.value_or(0), *most->value);
    if (high == 0) continue;
    svg.markup("<rect x=\"")
        .number(static_cast<long long>(i) * column + 1)
        .markup("\" y=\"")
        .number(height - high)
        .markup("\" width=\"8\" height=\"")
        .number(high)
        .markup("\"/>");
  }
  return svg.markup("</svg>").finish();
}

}  // namespace keepsake::web

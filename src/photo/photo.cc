#include "photo/photo.h"

#include <algorithm>

#include "image/thumbhash.h"

namespace keepsake {
namespace {

// `side` made smaller as `from` becomes `to`, rounded to the nearest.
int scaled(int side, int from, int to) {
  const std::int64_t twice = 2 * std::int64_t{side} * to + from;
  return std::max(1, static_cast<int>(twice / (2 * std::int64_t{from})));
}

}  // namespace

std::optional<int> parse_edge(std::string_view text) {
  for (const int edge : rendition_edges) {
    if (text == std::to_string(edge)) return edge;
  }
  return std::nullopt;
}

std::string_view media_type(Encoding encoding) {
  constexpr std::array<std::string_view, 3> types{"image/webp", "image/jpeg", "image/avif"};
  return types.at(static_cast<std::size_t>(encoding));
}

Extent fit(Extent original, int edge) {
  const int longest = std::max(original.width, original.height);
  if (longest <= edge) return original;
  return {scaled(original.width, longest, edge), scaled(original.height, longest, edge)};
}

std::vector<std::uint32_t> placeholder_colours(ByteView placeholder, Extent shown) {
  const bool lies = shown.width >= shown.height;
  return image::thumbhash_colours(placeholder, lies ? 3 : 2, lies ? 2 : 3);
}

}  // namespace keepsake

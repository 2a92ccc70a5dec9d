#pragma once
// A photo as the rest of the house sees it: values and pure rules.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "image/photo_workers.h"

namespace keepsake {

using image::Encoding;

// The longest sides that renditions are made for.
inline constexpr std::array<int, 3> rendition_edges{320, 1024, 2048};
// The edge as it stands in an address ("320", "1024", "2048"), or nothing.
std::optional<int> parse_edge(std::string_view text);
std::string_view media_type(Encoding encoding);

// Width and height in pixels.
struct Extent {
  int width = 0, height = 0;
  auto operator<=>(const Extent&) const = default;
};
// How large the rendition for `edge` is shown: the same shape, the longest side at most `edge`, never larger
// than the original, no side below 1. For layout; the stored rendition may differ by a pixel.
Extent fit(Extent original, int edge);

// Never changes once added; its original and renditions lie in blobs. What cannot be shown (a film, a sound,
// a picture that cannot be decoded) is kept like any other, without renditions.
struct Photo {
  PhotoId row;
  PublicId id;
  PersonId owner;
  std::string media_type;  // of the original
  Extent extent;           // of the original, upright; 0 x 0 for what cannot be shown
  std::int64_t size = 0;   // of the original, in bytes
  Time uploaded;
  std::string name;  // of the file as it was sent; may be empty

  bool shown() const { return extent.width > 0; }
};

}  // namespace keepsake

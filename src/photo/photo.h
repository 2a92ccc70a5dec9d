#pragma once
// A photo as the rest of the house sees it: values and pure rules.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "image/photo_workers.h"

namespace keepsake {

using image::Encoding;
using image::Look;
using image::turned_left;
using image::turned_right;

// The longest sides that renditions are made for.
inline constexpr std::array<int, 3> rendition_edges{320, 1024, 2048};
// The edge as it stands in an address ("320", "1024", "2048"), or nothing.
std::optional<int> parse_edge(std::string_view text);
std::string_view media_type(Encoding encoding);

// How a rendition is wished for: AVIF, where a reader takes it and it is made, else the usual one.
struct Wish {
  Wish(Encoding encoding, bool or_avif = false) : usual(encoding), avif(or_avif) {}
  Encoding usual;
  bool avif;
  bool operator==(const Wish&) const = default;
};

// Width and height in pixels.
struct Extent {
  int width = 0, height = 0;
  auto operator<=>(const Extent&) const = default;
};
// How large the rendition for `edge` is shown: the same shape, the longest side at most `edge`, never larger
// than the original, no side below 1. For layout; the stored rendition may differ by a pixel.
Extent fit(Extent original, int edge);

// The colours of a photo's placeholder, as 0xRRGGBB: of 3 x 2 parts of it, row by row, where it lies, and of
// 2 x 3 where it stands. None where there is no placeholder, or where the photo could be seen through.
std::vector<std::uint32_t> placeholder_colours(ByteView placeholder, Extent shown);

// Its original never changes once added; original and renditions lie in blobs. What cannot be shown (a film,
// a sound, a picture that cannot be decoded) is kept like any other, without renditions.
struct Photo {
  PhotoId row;
  PublicId id;
  PersonId owner;
  std::string media_type;  // of the original
  Extent extent;           // of what is shown: upright, after its look; 0 x 0 for what cannot be shown
  std::int64_t size = 0;   // of the original, in bytes
  Time uploaded;
  std::string name;  // of the file as it was sent; may be empty

  bool shown() const { return extent.width > 0; }
};

}  // namespace keepsake

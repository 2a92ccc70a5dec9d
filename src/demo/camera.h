#pragma once
// From light to a file: what a lens and a film add, and the file format.
#include <cstdint>

#include "base/bytes.h"
#include "demo/canvas.h"

namespace keepsake::demo {

struct Film {
  float exposure = 1;
  float grain = 1;         // of an ordinary film
  bool colour = true;      // otherwise black and white
  std::uint32_t seed = 0;  // no two films have the same grain
};

// The picture as 8 bits of sRGB (IEC 61966-2-1), red, green and blue for each pixel, row by row: highlights
// bleed a little, corners are darker, shadows and lights are rolled off, and there is grain.
Bytes developed(Canvas canvas, const Film& film);
// The same pixels as a PNG file (W3C PNG, third edition) without any metadata.
Bytes png(int width, int height, ByteView pixels);

}  // namespace keepsake::demo

#pragma once
// ThumbHash, by Evan Wallace (https://evanw.github.io/thumbhash/): a blurred placeholder of a picture in at
// most 25 bytes, with its average colour, its shape and its transparency.
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace keepsake::image {

inline constexpr int thumbhash_edge = 100;  // the longest side that is hashed
inline constexpr std::size_t most_thumbhash_bytes = 25;

// The placeholder of `pixels`: width x height x 4 bytes, red, green, blue and what cannot be seen through,
// row by row. Both sides are 1 to `thumbhash_edge`.
Bytes thumbhash(ByteView pixels, int width, int height);

// What the placeholder shows, in `columns` x `rows` parts, row by row, as 0xRRGGBB: the mean colour of each,
// nearly. None for what is no ThumbHash and for one of a picture that could be seen through.
std::vector<std::uint32_t> thumbhash_colours(ByteView hash, int columns, int rows);

// Whether the bytes are as many as their header says.
bool is_thumbhash(ByteView bytes);

}  // namespace keepsake::image

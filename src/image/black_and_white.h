#pragma once
// A photo without its colours, as docs/decisions/0023-black-and-white.md describes it.
#include "image/picture.h"

namespace keepsake::image {

// The tone of a colour of sRGB (IEC 61966-2-1), 0 to 255. Black, white and nothing else are black and white,
// and of two greys the lighter is never the darker.
unsigned char tone(unsigned char red, unsigned char green, unsigned char blue);

// A picture of three or four bands of eight bits in tones, its transparency kept. Throws Failed.
Image black_and_white(const Image& image);

}  // namespace keepsake::image

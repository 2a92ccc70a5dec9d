#pragma once
// Large pictures to smaller ones, quickly.
#include "image/picture.h"

namespace keepsake::image {

// The picture with a longest side of at most `edge`, by the kernel and to the size that vips_thumbnail_image
// takes, its fields kept; sooner than that where it is of bytes, without transparency and less than four
// times as large. Others come back as they are. Reads `image` from top to bottom once. Throws Failed.
Image reduced(Image image, int edge);

}  // namespace keepsake::image

#pragma once
// From a picture to the bytes of a rendition.
#include <cstddef>
#include <memory>

#include "image/photo_workers.h"
#include "image/picture.h"

namespace keepsake::image {

struct Encoded {
  std::unique_ptr<void, FreeBytes> bytes;
  std::size_t size = 0;
};

// As WebP or AVIF with its transparency, or as JPEG with white in its place; nothing but pixels in any.
// Throws Failed.
Encoded encode(const Image& image, Encoding encoding);

}  // namespace keepsake::image

#pragma once
// From a picture to the bytes of a rendition.
#include <cstddef>
#include <memory>

#include "image/photo_workers.h"
#include "image/picture.h"

namespace keepsake::image {

struct FreeBytes {
  void operator()(void* bytes) const { lib::g_free(bytes); }
};
struct Encoded {
  std::unique_ptr<void, FreeBytes> bytes;
  std::size_t size = 0;
};

// As WebP with its transparency, or as JPEG with white in its place; nothing but pixels in either. Throws
// Failed.
Encoded encode(const Image& image, Encoding encoding);

}  // namespace keepsake::image

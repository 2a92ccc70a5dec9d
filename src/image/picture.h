#pragma once
// Pictures of libvips and their owners.
#include <memory>
#include <stdexcept>

#include "image/vips_library.h"

namespace keepsake::image {

// libvips failed; what it says about it stays here, since it comes from the photo.
struct Failed : std::runtime_error {
  Failed() : std::runtime_error("libvips failed") { lib::vips_error_clear(); }
};

struct Release {
  void operator()(void* object) const { lib::g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Release>;
using Source = std::unique_ptr<VipsSource, Release>;

// Of bytes that libvips handed out.
struct FreeBytes {
  void operator()(void* bytes) const { lib::g_free(bytes); }
};

// The picture that a call of libvips hands out; `call` gets the place to put it and returns libvips's status.
template <class Call>
Image made(const Call& call) {
  VipsImage* out = nullptr;
  if (call(&out) != 0) throw Failed();
  return Image(out);
}

inline bool has_field(const Image& image, const char* name) {
  return lib::vips_image_get_typeof(image.get(), name) != 0;
}

}  // namespace keepsake::image

#include "image/reducing.h"

#include <algorithm>
#include <utility>

namespace keepsake::image {
namespace {

// From 8.15 on libvips reduces by vector code in both directions and is quickest by itself.
#if VIPS_MAJOR_VERSION > 8 || VIPS_MINOR_VERSION >= 15
constexpr bool sooner_by_turning = false;
#else
constexpr bool sooner_by_turning = true;
#endif

Image in_memory(const Image& lazy) {
  Image image(lib::vips_image_copy_memory(lazy.get()));
  if (!image) throw Failed();
  return image;
}

Image turned(const Image& image, VipsAngle angle) {
  return made([&](VipsImage** out) { return lib::vips_rot(image.get(), out, angle, nullptr); });
}

Image less_high(const Image& image, double factor) {
  return made([&](VipsImage** out) { return lib::vips_reducev(image.get(), out, factor, nullptr); });
}

bool has_alpha(const Image& image) {
  return image->Bands == 2 || (image->Bands == 4 && image->Type != VIPS_INTERPRETATION_CMYK);
}

}  // namespace

Image reduced(Image image, int edge) {
  const int longest = std::max(image->Xsize, image->Ysize);
  const double factor = static_cast<double>(longest) / edge;
  const bool fits = factor > 1 && factor < 4 && std::min(image->Xsize, image->Ysize) >= factor;
  if (!sooner_by_turning || !fits || image->BandFmt != VIPS_FORMAT_UCHAR || has_alpha(image)) return image;
  image = in_memory(less_high(image, factor));
  image = in_memory(less_high(turned(image, VIPS_ANGLE_D90), factor));
  return turned(image, VIPS_ANGLE_D270);
}

}  // namespace keepsake::image

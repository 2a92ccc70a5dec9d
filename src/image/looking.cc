#include "image/looking.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "image/black_and_white.h"
#include "image/worker_protocol.h"

namespace keepsake::image {
namespace {

constexpr double rounding = 1e-6;  // of a pixel

double radians(double degrees) {
  return degrees / 180 * std::numbers::pi;
}

// How much of each side the largest rectangle of the same shape has that fits into a picture turned by
// `degrees`: turned back, its corners lie within the picture.
double inner_part(double width, double height, double degrees) {
  const double cosine = std::cos(radians(degrees)), sine = std::sin(radians(std::abs(degrees)));
  return std::min(width / (width * cosine + height * sine), height / (width * sine + height * cosine));
}

Size turned(Size size, const Look& look) {
  return look.quarter_turns % 2 == 1 ? Size{size.height, size.width} : size;
}

int whole_pixels(double length) {
  return std::max(1, static_cast<int>(std::lround(length)));
}

Size within(Size size, int edge) {
  const int longest = std::max(size.width, size.height);
  if (longest <= edge) return size;
  const double shrink = static_cast<double>(edge) / longest;
  return {whole_pixels(size.width * shrink), whole_pixels(size.height * shrink)};
}

Image turn(const Image& image, int quarter_turns) {
  static constexpr VipsAngle angles[] = {VIPS_ANGLE_D0, VIPS_ANGLE_D90, VIPS_ANGLE_D180, VIPS_ANGLE_D270};
  return made(
      [&](VipsImage** out) { return lib::vips_rot(image.get(), out, angles[quarter_turns], nullptr); });
}

// The crop's upper left corner, counted from the middle of the picture.
struct Corner {
  double x = 0, y = 0;
};
Corner corner_of(const Image& image, const Look& look) {
  const double inner = inner_part(image->Xsize, image->Ysize, look.straighten);
  return {image->Xsize * inner * (look.crop.left - 0.5), image->Ysize * inner * (look.crop.top - 0.5)};
}

Image cut(const Image& image, const Look& look, Size size) {
  const auto corner = corner_of(image, look);
  const int width = std::min(size.width, image->Xsize), height = std::min(size.height, image->Ysize);
  const int left = static_cast<int>(std::lround(corner.x + image->Xsize / 2.0));
  const int top = static_cast<int>(std::lround(corner.y + image->Ysize / 2.0));
  return made([&](VipsImage** out) {
    return lib::vips_extract_area(image.get(), out, std::clamp(left, 0, image->Xsize - width),
                                  std::clamp(top, 0, image->Ysize - height), width, height, nullptr);
  });
}

using Interpolate = std::unique_ptr<VipsInterpolate, Release>;
struct ReleaseArray {
  void operator()(VipsArrayInt* array) const { lib::vips_area_unref(VIPS_AREA(array)); }
};

// Turned about its middle and cut in one step, so that each pixel is drawn once. What rounding reads beyond
// the border is the border's own colour.
Image straighten(const Image& image, const Look& look, Size size) {
  const double cosine = std::cos(radians(look.straighten)), sine = std::sin(radians(look.straighten));
  const auto corner = corner_of(image, look);
  const Interpolate smooth(lib::vips_interpolate_new("bicubic"));
  const std::unique_ptr<VipsArrayInt, ReleaseArray> area(
      lib::vips_array_int_newv(4, 0, 0, size.width, size.height));
  if (!smooth || !area) throw Failed();
  return made([&](VipsImage** out) {
    return lib::vips_affine(image.get(), out, cosine, -sine, sine, cosine, "interpolate", smooth.get(),
                            "oarea", area.get(), "idx", -image->Xsize / 2.0, "idy", -image->Ysize / 2.0,
                            "odx", -corner.x, "ody", -corner.y, "extend", VIPS_EXTEND_COPY, nullptr);
  });
}

Image in_memory(const Image& lazy) {
  Image image(lib::vips_image_copy_memory(lazy.get()));
  if (!image) throw Failed();
  return image;
}

}  // namespace

Framing framing_of(Size upright, const Look& look) {
  const auto standing = turned(upright, look);
  const double inner = inner_part(standing.width, standing.height, look.straighten);
  Framing framing;
  framing.shown = {whole_pixels(standing.width * inner * look.crop.width),
                   whole_pixels(standing.height * inner * look.crop.height)};
  framing.drawn = within(framing.shown, edges[0]);
  const double scale = std::max(framing.drawn.width, framing.drawn.height) /
                       static_cast<double>(std::max(framing.shown.width, framing.shown.height));
  framing.edge = static_cast<int>(std::ceil(std::max(upright.width, upright.height) * scale - rounding));
  return framing;
}

Image looked(Image whole, const Look& look, const Framing& framing) {
  if (look == plain()) return whole;
  if (look.quarter_turns != 0) whole = turn(whole, look.quarter_turns);
  if (look.straighten != 0) {
    whole = straighten(whole, look, framing.drawn);
  } else if (look.crop != Crop{}) {
    whole = cut(whole, look, framing.drawn);
  }
  whole = in_memory(whole);
  return look.black_and_white ? black_and_white(whole) : std::move(whole);
}

}  // namespace keepsake::image

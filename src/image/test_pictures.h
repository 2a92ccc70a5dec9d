#pragma once
// Pictures that tests make, and what they look at in others.
#include <vips/vips.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>

#include "image/photo_workers.h"

namespace keepsake::image::test {

struct Release {
  void operator()(void* object) const { ::g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Release>;

template <class Call>
Image made(const Call& call) {
  VipsImage* out = nullptr;
  if (call(&out) != 0) throw std::runtime_error(::vips_error_buffer());
  return Image(out);
}

using Colour = std::array<int, 3>;
using Quadrants = std::array<Colour, 4>;  // as one reads: top left, top right, bottom left, bottom right

inline constexpr Quadrants four_colours = {
    Colour{200, 30, 30}, {30, 180, 40}, {40, 50, 190}, {220, 220, 210}};

inline Image picture(int width, int height, const Quadrants& colours = four_colours) {
  std::string pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (const int part : colours[(y >= height / 2) * 2 + (x >= width / 2)])
        pixels += static_cast<char>(part);
  const Image image(
      ::vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, 3, VIPS_FORMAT_UCHAR));
  return made([&](VipsImage** out) {
    return ::vips_copy(image.get(), out, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  });
}

inline std::string saved(const Image& image, const char* suffix) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (::vips_image_write_to_buffer(image.get(), suffix, &bytes, &size, nullptr) != 0)
    throw std::runtime_error(::vips_error_buffer());
  std::string text(static_cast<char*>(bytes), size);
  ::g_free(bytes);
  return text;
}

inline Image loaded(const Bytes& bytes) {
  Image image(::vips_image_new_from_buffer(bytes.data(), bytes.size(), "", nullptr));
  if (!image) throw std::runtime_error(::vips_error_buffer());
  return image;
}

inline Image band(const Image& image, int number, int count = 1) {
  return made(
      [&](VipsImage** out) { return ::vips_extract_band(image.get(), out, number, "n", count, nullptr); });
}

// The mean colour of the middle of a part of the picture.
inline Colour mean_colour(const Image& image, double x, double y) {
  Colour colour;
  for (int part = 0; part < 3; ++part) {
    const auto cut = made([&](VipsImage** out) {
      return ::vips_extract_area(image.get(), out, std::lround(image->Xsize * x),
                                 std::lround(image->Ysize * y), std::max(1, image->Xsize / 4),
                                 std::max(1, image->Ysize / 4), nullptr);
    });
    double mean = 0;
    if (::vips_avg(band(cut, part).get(), &mean, nullptr) != 0) throw std::runtime_error("avg");
    colour[part] = static_cast<int>(std::lround(mean));
  }
  return colour;
}

inline Quadrants quadrants(const Rendition& rendition) {
  const auto image = loaded(rendition.bytes);
  return {mean_colour(image, .125, .125), mean_colour(image, .625, .125), mean_colour(image, .125, .625),
          mean_colour(image, .625, .625)};
}

inline int difference(const Quadrants& a, const Quadrants& b) {
  int most = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t part = 0; part < 3; ++part) most = std::max(most, std::abs(a[i][part] - b[i][part]));
  return most;
}

}  // namespace keepsake::image::test

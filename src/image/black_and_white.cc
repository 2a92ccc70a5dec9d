#include "image/black_and_white.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <memory>

namespace keepsake::image {
namespace {

// Of linear light, as film behind a yellow filter takes it: skin is lighter and a blue sky darker than to the
// eye (0.21, 0.72, 0.07).
constexpr double red_weight = 0.36, green_weight = 0.57, blue_weight = 0.07;

constexpr double contrast = 0.4;  // of the curve; 0 is a straight line, 1 the steepest that still rises

constexpr int levels = 1 << 14;  // of light; fine enough that neighbouring dark greys stay apart

// IEC 61966-2-1: from sRGB to light and back, all from 0 to 1.
double light_of(double value) {
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double value_of(double light) {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

// Shadows a little deeper, lights a little lighter; black, middle and white stay.
double curved(double value) {
  return value + contrast * value * (1 - value) * (2 * value - 1);
}

struct Tables {
  std::array<std::array<double, 256>, 3> light;  // of each part of a colour, in levels
  std::array<unsigned char, levels + 1> tone;
};

Tables make_tables() {
  Tables tables;
  constexpr std::array weights = {red_weight, green_weight, blue_weight};
  for (std::size_t part = 0; part < weights.size(); ++part)
    for (int value = 0; value < 256; ++value)
      tables.light[part][value] = weights[part] * light_of(value / 255.0) * levels;
  for (int level = 0; level <= levels; ++level)
    tables.tone[level] =
        static_cast<unsigned char>(std::lround(255 * curved(value_of(static_cast<double>(level) / levels))));
  return tables;
}

}  // namespace

unsigned char tone(unsigned char red, unsigned char green, unsigned char blue) {
  static const Tables tables = make_tables();
  const double light = tables.light[0][red] + tables.light[1][green] + tables.light[2][blue];
  return tables.tone[static_cast<std::size_t>(std::lround(light))];
}

Image black_and_white(const Image& image) {
  std::size_t size = 0;
  const std::unique_ptr<void, FreeBytes> memory(lib::vips_image_write_to_memory(image.get(), &size));
  if (!memory) throw Failed();
  auto* pixels = static_cast<unsigned char*>(memory.get());
  const std::size_t bands = image->Bands;
  for (std::size_t at = 0; at + bands <= size; at += bands)
    pixels[at] = pixels[at + 1] = pixels[at + 2] = tone(pixels[at], pixels[at + 1], pixels[at + 2]);
  const Image toned(lib::vips_image_new_from_memory_copy(memory.get(), size, image->Xsize, image->Ysize,
                                                         image->Bands, VIPS_FORMAT_UCHAR));
  if (!toned) throw Failed();
  return made([&](VipsImage** out) {
    return lib::vips_copy(toned.get(), out, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  });
}

}  // namespace keepsake::image

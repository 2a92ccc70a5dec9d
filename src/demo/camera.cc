#include "demo/camera.h"

#include <zlib.h>

#include <string_view>
#include <system_error>

#include "demo/noise.h"

namespace keepsake::demo {
namespace {

using std::byte;

// What is too bright for the film is scattered around it.
void bleed(Canvas& canvas) {
  Canvas bright = canvas;
  for (Light& light : bright.lights()) {
    const float most = std::max({light.red, light.green, light.blue});
    light = light * smooth(0.7f, 1.4f, most);
  }
  blur(bright, static_cast<float>(canvas.height()) / 90);
  for (std::size_t at = 0; at < bright.lights().size(); ++at)
    canvas.lights()[at] = canvas.lights()[at] + bright.lights()[at] * 0.18f;
}

// K. Narkowicz's fit of the ACES curve: shadows and lights are rolled off as film does.
float rolled_off(float light) {
  return clamped(light * (2.51f * light + 0.03f) / (light * (2.43f * light + 0.59f) + 0.14f));
}

float encoded(float light) {
  return light <= 0.0031308f ? 12.92f * light : 1.055f * std::pow(light, 1 / 2.4f) - 0.055f;
}

byte eight_bits(float value) {
  return static_cast<byte>(std::lround(clamped(value) * 255));
}

Light without_colour(Light light) {
  const float grey = 0.25f * light.red + 0.62f * light.green + 0.13f * light.blue;
  return {grey, grey, grey};
}

void put_number(Bytes& into, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) into.push_back(static_cast<byte>(number >> shift & 0xff));
}

const Bytef* zlib_bytes(ByteView bytes) {
  return reinterpret_cast<const Bytef*>(bytes.data());
}

// Length, type, data, and the CRC of type and data (section 5.3).
void put_chunk(Bytes& file, std::string_view type, ByteView data) {
  put_number(file, static_cast<std::uint32_t>(data.size()));
  const std::size_t begin = file.size();
  for (const char letter : type) file.push_back(static_cast<byte>(letter));
  file.insert(file.end(), data.begin(), data.end());
  const ByteView checked = ByteView(file).subspan(begin);
  put_number(file,
             static_cast<std::uint32_t>(::crc32(0, zlib_bytes(checked), static_cast<uInt>(checked.size()))));
}

// Each row as differences from the pixel to the left (filter 1, section 9.2).
Bytes filtered(int width, int height, ByteView pixels) {
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  Bytes rows;
  rows.reserve((row + 1) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    const ByteView line = pixels.subspan(static_cast<std::size_t>(y) * row, row);
    rows.push_back(byte{1});
    for (std::size_t at = 0; at < row; ++at) {
      const int before = at < 3 ? 0 : std::to_integer<int>(line[at - 3]);
      rows.push_back(static_cast<byte>(std::to_integer<int>(line[at]) - before));
    }
  }
  return rows;
}

Bytes compressed(ByteView bytes) {
  uLongf size = ::compressBound(bytes.size());
  Bytes packed(size);
  if (::compress2(reinterpret_cast<Bytef*>(packed.data()), &size, zlib_bytes(bytes), bytes.size(), 3) != Z_OK)
    throw std::system_error(ENOMEM, std::generic_category(), "compress");
  packed.resize(size);
  return packed;
}

}  // namespace

Bytes developed(Canvas canvas, const Film& film) {
  bleed(canvas);
  Bytes pixels;
  pixels.reserve(canvas.lights().size() * 3);
  const float aspect = static_cast<float>(canvas.width()) / static_cast<float>(canvas.height());
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) {
      const float across = static_cast<float>(x) / static_cast<float>(canvas.width()) - 0.5f;
      const float down = static_cast<float>(y) / static_cast<float>(canvas.height()) - 0.5f;
      const float corner = 1 - 0.55f * (across * across * aspect + down * down);
      Light light = canvas.at(x, y) * (film.exposure * corner);
      if (!film.colour) light = without_colour(light);
      const float values[] = {encoded(rolled_off(light.red)), encoded(rolled_off(light.green)),
                              encoded(rolled_off(light.blue))};
      const float middle = (values[0] + values[1] + values[2]) / 3;
      const float grains = chance(x, y, film.seed) + chance(x, y, film.seed + 1) +
                           0.7f * chance(x / 2, y / 2, film.seed + 2) - 1.35f;
      const float grain = film.grain * 0.020f * grains * (0.4f + 2.4f * middle * (1 - middle));
      for (const float value : values) pixels.push_back(eight_bits(value + grain));
    }
  }
  return pixels;
}

Bytes png(int width, int height, ByteView pixels) {
  Bytes file;
  for (const int value : {0x89, 'P' + 0, 'N' + 0, 'G' + 0, 0x0d, 0x0a, 0x1a, 0x0a})
    file.push_back(static_cast<byte>(value));
  Bytes head;
  put_number(head, static_cast<std::uint32_t>(width));
  put_number(head, static_cast<std::uint32_t>(height));
  for (const int value : {8, 2, 0, 0, 0}) head.push_back(static_cast<byte>(value));
  put_chunk(file, "IHDR", head);
  put_chunk(file, "IDAT", compressed(filtered(width, height, pixels)));
  put_chunk(file, "IEND", {});
  return file;
}

}  // namespace keepsake::demo

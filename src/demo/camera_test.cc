#include "demo/camera.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <set>
#include <string>

#include "demo/scenes.h"

namespace keepsake::demo {
namespace {

constexpr std::array scenes = {Scene::lake, Scene::sea,     Scene::stones, Scene::hills,
                               Scene::path, Scene::tree,    Scene::night,  Scene::rain,
                               Scene::wall, Scene::curtain, Scene::candle, Scene::blossom};
constexpr int width = 150, height = 100;

Bytes photo(Scene which, std::uint32_t seed, bool colour = true) {
  return developed(scene(which, seed, width, height), {.colour = colour, .seed = seed});
}

double mean(const Bytes& pixels) {
  double sum = 0;
  for (const std::byte value : pixels) sum += std::to_integer<int>(value);
  return sum / static_cast<double>(pixels.size());
}

double spread(const Bytes& pixels) {
  const double middle = mean(pixels);
  double sum = 0;
  for (const std::byte value : pixels)
    sum += (std::to_integer<int>(value) - middle) * (std::to_integer<int>(value) - middle);
  return std::sqrt(sum / static_cast<double>(pixels.size()));
}

TEST(Camera, every_scene_is_a_picture_and_the_same_each_time) {
  std::set<Bytes> all;
  for (const Scene which : scenes) {
    const Bytes pixels = photo(which, 3);
    ASSERT_EQ(pixels.size(), std::size_t{width} * height * 3);
    EXPECT_EQ(pixels, photo(which, 3));
    EXPECT_NE(pixels, photo(which, 4));
    EXPECT_GT(mean(pixels), 10) << static_cast<int>(which);
    EXPECT_LT(mean(pixels), 235) << static_cast<int>(which);
    EXPECT_GT(spread(pixels), 12) << static_cast<int>(which);
    all.insert(pixels);
  }
  EXPECT_EQ(all.size(), scenes.size());
}

TEST(Camera, black_and_white_has_no_colour) {
  const Bytes pixels = photo(Scene::candle, 3, false);
  for (std::size_t at = 0; at < pixels.size(); at += 3) {
    EXPECT_EQ(pixels[at], pixels[at + 1]);
    EXPECT_EQ(pixels[at], pixels[at + 2]);
  }
}

TEST(Camera, a_png_gives_its_pixels_back) {
  const Bytes pixels = photo(Scene::hills, 1);
  const std::string file(as_text(png(width, height, pixels)));
  EXPECT_TRUE(file.starts_with("\x89PNG\r\n\x1a\n"));
  const auto data = file.find("IDAT");
  ASSERT_NE(data, std::string::npos);
  Bytes rows((std::size_t{width} * 3 + 1) * height);
  uLongf size = rows.size();
  ASSERT_EQ(::uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
                         reinterpret_cast<const Bytef*>(file.data() + data + 4), file.size() - data - 4 - 16),
            Z_OK);
  ASSERT_EQ(size, rows.size());
  Bytes found;
  for (std::size_t row = 0; row < height; ++row) {
    const std::size_t begin = row * (width * 3 + 1);
    ASSERT_EQ(rows[begin], std::byte{1});
    for (std::size_t at = 0; at < width * 3; ++at) {
      const int before = at < 3 ? 0 : std::to_integer<int>(found[found.size() - 3]);
      found.push_back(static_cast<std::byte>(std::to_integer<int>(rows[begin + 1 + at]) + before));
    }
  }
  EXPECT_EQ(found, pixels);
}

TEST(Camera, a_blur_keeps_the_light) {
  Canvas canvas(40, 30);
  canvas.at(20, 15) = {9, 9, 9};
  blur(canvas, 3);
  float sum = 0;
  for (const Light& light : canvas.lights()) sum += light.green;
  EXPECT_NEAR(sum, 9, 0.01);
  EXPECT_LT(canvas.at(20, 15).red, 1);
}

}  // namespace
}  // namespace keepsake::demo

#include "image/reducing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

namespace keepsake::image {
namespace {

class Reducing : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    lib::load();
    ASSERT_EQ(lib::vips_init("test"), 0);
  }

  // Stripes in both directions, so that a picture lying on its side or mirrored is noticed.
  static Image picture(int width, int height, int bands) {
    std::string pixels;
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        for (int band = 0; band < bands; ++band)
          pixels += static_cast<char>((x / 7 * 23 + y / 11 * 41 + band * 90) % 200 + x * 50 / width);
    return Image(::vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, bands,
                                                   VIPS_FORMAT_UCHAR));
  }

  static std::string pixels_of(const Image& image) {
    std::size_t size = 0;
    void* bytes = ::vips_image_write_to_memory(image.get(), &size);
    std::string pixels(static_cast<char*>(bytes), size);
    ::g_free(bytes);
    return pixels;
  }

  static Image thumbnail(const Image& image, int edge) {
    return made([&](VipsImage** out) {
      return lib::vips_thumbnail_image(image.get(), out, edge, "height", edge, "size", VIPS_SIZE_DOWN,
                                       nullptr);
    });
  }

  // The same size as libvips by itself takes, and its colours, but for the few levels that its vector code
  // rounds by at the hardest edges.
  static void expect_as_libvips(int width, int height, int bands) {
    const auto whole = picture(width, height, bands);
    const auto expected = thumbnail(whole, 200);
    const auto got = thumbnail(reduced(picture(width, height, bands), 200), 200);
    ASSERT_EQ(got->Xsize, expected->Xsize) << width << "x" << height;
    ASSERT_EQ(got->Ysize, expected->Ysize) << width << "x" << height;
    const auto a = pixels_of(got), b = pixels_of(expected);
    ASSERT_EQ(a.size(), b.size());
    int most = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      most = std::max(most, std::abs(static_cast<unsigned char>(a[i]) - static_cast<unsigned char>(b[i])));
    EXPECT_LE(most, 8) << width << "x" << height;
  }
};

TEST_F(Reducing, comes_to_the_size_and_the_colours_of_libvips) {
  for (const int bands : {1, 3})
    for (const auto& [width, height] :
         {std::pair{400, 300}, {301, 407}, {399, 1}, {2, 640}, {799, 799}, {201, 133}})
      expect_as_libvips(width, height, bands);
}

TEST_F(Reducing, leaves_alone_what_is_small_very_large_or_transparent) {
  for (const auto& [width, bands] : {std::pair{200, 3}, {800, 3}, {400, 4}})
    EXPECT_EQ(reduced(picture(width, 100, bands), 200)->Xsize, width);
}

}  // namespace
}  // namespace keepsake::image

// Photos of many kinds, as the workers take them.
#include <gtest/gtest.h>

#include "image/photo_workers.h"
#include "image/test_pictures.h"
#include "image/thumbhash.h"
#include "image/warm_pictures.h"
#include "support/photo_files.h"

namespace keepsake::image {
namespace {

using namespace test;
using support::MemoryFile;

class Formats : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_EQ(::vips_init("test"), 0);
    workers_ = start_photo_workers({.workers = 1, .program = KEEPSAKE_PHOTO_WORKER});
  }
  static void TearDownTestSuite() { workers_.reset(); }

  static Result<Taken> take(const std::string& content) {
    return workers_->take(MemoryFile(std::string_view(content)).descriptor());
  }

  static void expect_four_colours(const Image& image, const char* suffix, int tolerance = 12) {
    SCOPED_TRACE(suffix);
    const auto taken = take(saved(image, suffix));
    ASSERT_FALSE(taken.refused()) << taken.refusal().sentence;
    EXPECT_EQ(taken->width, image->Xsize);
    for (const auto& rendition : taken->renditions)
      EXPECT_LE(difference(quadrants(rendition), four_colours), tolerance);
  }

  static std::unique_ptr<PhotoWorkers> workers_;
};

std::unique_ptr<PhotoWorkers> Formats::workers_;

Image as(const Image& image, VipsInterpretation space) {
  return made([&](VipsImage** out) { return ::vips_colourspace(image.get(), out, space, nullptr); });
}

Image in_profile(const Image& image, const char* profile, int depth = 8) {
  return made([&](VipsImage** out) {
    return ::vips_icc_transform(image.get(), out, profile, "input_profile", "srgb", "depth", depth, nullptr);
  });
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

using Xyz = std::array<double, 3>;

std::string xyz_number(const Xyz& colour) {
  std::string bytes;
  for (const double part : colour)
    bytes += big_endian(static_cast<std::uint32_t>(std::lround(part * 65536)));  // s15Fixed16Number
  return bytes;
}

// A profile of a display (ICC.1:2001-04, 6.3.3.1) by its three primaries, adapted to D50, and one power.
std::string display_profile(const std::array<Xyz, 3>& primaries, double power) {
  const auto curve = static_cast<std::uint32_t>(std::lround(power * 256));  // u8Fixed8Number
  std::string head = big_endian(0x02100000) + "mntrRGB XYZ ";
  head += std::string("\x07\xce\0\1\0\1\0\0\0\0\0\0", 12) + "acsp" + std::string(28, '\0');
  head += xyz_number({.9642, 1, .8249}) + std::string(48, '\0') + big_endian(6);
  std::string values;
  for (std::size_t i = 0; i < 3; ++i) {
    head += std::string(1, "rgb"[i]) + "XYZ" + big_endian(204 + 20 * static_cast<std::uint32_t>(i));
    head += big_endian(20);
    values += "XYZ " + big_endian(0) + xyz_number(primaries[i]);
  }
  for (const char* name : {"rTRC", "gTRC", "bTRC"}) head += name + big_endian(264) + big_endian(14);
  values += "curv" + big_endian(0) + big_endian(1) + big_endian(curve << 16);
  const std::string rest = head + values;
  return big_endian(static_cast<std::uint32_t>(rest.size() + 8)) + big_endian(0) + rest;
}

Image with_profile(const Image& image, const std::string& profile) {
  auto copy = made([&](VipsImage** out) { return ::vips_copy(image.get(), out, nullptr); });
  ::vips_image_set_blob_copy(copy.get(), VIPS_META_ICC_NAME, profile.data(), profile.size());
  return copy;
}

// IEC 61966-2-5, which is Adobe RGB (1998) by another name; and what the four colours are in it.
std::string adobe_rgb() {
  return display_profile({Xyz{.60974, .31111, .01947}, {.20528, .62567, .06087}, {.14919, .06322, .74457}},
                         563 / 256.0);
}
constexpr Quadrants four_colours_in_adobe_rgb = {
    Colour{171, 35, 35}, {104, 178, 58}, {47, 53, 185}, {219, 219, 209}};

TEST_F(Formats, AdobeRgb) {
  const auto unnamed = picture(400, 300, four_colours_in_adobe_rgb);
  const auto named = with_profile(unnamed, adobe_rgb());
  for (const auto* suffix : {".jpg[Q=95]", ".tif", ".png", ".webp[lossless]"}) {
    expect_four_colours(named, suffix, 5);
    const auto taken = take(saved(unnamed, suffix));
    ASSERT_FALSE(taken.refused());
    EXPECT_GT(difference(quadrants(taken->renditions[0]), four_colours), 50) << "and not by chance";
  }
  expect_four_colours(with_profile(picture(2600, 1300, four_colours_in_adobe_rgb), adobe_rgb()), ".jpg", 5);
  expect_four_colours(with_profile(as(unnamed, VIPS_INTERPRETATION_RGB16), adobe_rgb()), ".tif", 5);
}

TEST_F(Formats, TiffHoweverItIsStored) {
  for (const auto* suffix :
       {".tif", ".tif[compression=lzw,predictor=horizontal]", ".tif[compression=deflate]",
        ".tif[compression=packbits]", ".tif[compression=jpeg,Q=95]", ".tif[tile]", ".tif[tile,pyramid]",
        ".tif[bigtiff]", ".tif[tile,pyramid,subifd]"})
    expect_four_colours(picture(600, 400), suffix);
}

TEST_F(Formats, TiffOfPrintAndScanners) {
  expect_four_colours(as(picture(400, 300), VIPS_INTERPRETATION_RGB16), ".tif");
  expect_four_colours(as(picture(400, 300), VIPS_INTERPRETATION_LAB), ".tif");
  expect_four_colours(as(picture(400, 300), VIPS_INTERPRETATION_scRGB), ".tif");
  expect_four_colours(in_profile(picture(400, 300), "p3"), ".tif");
  expect_four_colours(in_profile(picture(400, 300), "p3", 16), ".tif");
  expect_four_colours(in_profile(picture(400, 300), "cmyk"), ".tif", 80);  // ink cannot show all of these
}

TEST_F(Formats, GifInItsPalette) {
  expect_four_colours(picture(400, 300), ".gif", 16);
}

TEST_F(Formats, DeepAndWide) {
  expect_four_colours(in_profile(picture(400, 300), "p3", 16), ".png");
  expect_four_colours(in_profile(picture(2600, 1300), "p3"), ".jpg");
  expect_four_colours(in_profile(picture(400, 300), "p3"), ".webp");
}

// With the profile left out, as some scanners do; libvips brings one of its own.
TEST_F(Formats, InkWithoutAProfile) {
  const auto ink = in_profile(picture(400, 300), "cmyk");
  for (const auto* suffix : {".jpg", ".tif"}) {
    const auto bare = made([&](VipsImage** out) { return ::vips_copy(ink.get(), out, nullptr); });
    ::vips_image_remove(bare.get(), VIPS_META_ICC_NAME);
    expect_four_colours(bare, suffix, 80);
  }
}

TEST_F(Formats, Grey) {
  for (const auto space : {VIPS_INTERPRETATION_B_W, VIPS_INTERPRETATION_GREY16})
    for (const auto* suffix : {".tif", ".tif[compression=deflate]", ".png"}) {
      const auto taken = take(saved(as(picture(400, 300), space), suffix));
      ASSERT_FALSE(taken.refused()) << suffix;
      for (const auto& colour : quadrants(taken->renditions[0])) EXPECT_NEAR(colour[0], colour[2], 3);
    }
}

TEST_F(Formats, ALetterFromTheScanner) {
  for (const auto* suffix : {".tif[bitdepth=1]", ".tif[bitdepth=1,compression=ccittfax4]"}) {
    const auto taken = take(saved(as(picture(800, 600), VIPS_INTERPRETATION_B_W), suffix));
    ASSERT_FALSE(taken.refused()) << suffix;
    EXPECT_GT(quadrants(taken->renditions[0])[3][0], 240);
    EXPECT_LT(quadrants(taken->renditions[0])[0][0], 15);
  }
}

TEST_F(Formats, AnAnimatedGifIsItsFirstFrame) {
  const auto first = picture(100, 80);
  const auto black = made([](VipsImage** out) { return ::vips_black(out, 100, 80, "bands", 3, nullptr); });
  const auto both = made([&](VipsImage** out) {
    return ::vips_join(first.get(), black.get(), out, VIPS_DIRECTION_VERTICAL, nullptr);
  });
  const auto frames = made([&](VipsImage** out) { return ::vips_copy(both.get(), out, nullptr); });
  ::vips_image_set_int(frames.get(), "page-height", 80);
  for (const auto* suffix : {".gif", ".tif"}) {
    const auto taken = take(saved(frames, suffix));
    ASSERT_FALSE(taken.refused()) << suffix;
    EXPECT_EQ(taken->height, 80);
    EXPECT_LE(difference(quadrants(taken->renditions[0]), four_colours), 16);
  }
}

TEST_F(Formats, CutShortAreRefused) {
  for (const auto* suffix : {".tif", ".tif[compression=deflate]", ".gif"}) {
    const auto whole = saved(picture(300, 200), suffix);
    for (const int percent : {2, 50, 90})
      EXPECT_TRUE(take(whole.substr(0, whole.size() * percent / 100)).refused()) << suffix << percent;
  }
}

TEST_F(Formats, RawFilesAreNotTakenForTheirPreview) {
  auto raw = saved(picture(300, 200), ".tif");
  ASSERT_FALSE(take(raw).refused());
  const std::string whole("\xfe\0\4\0\1\0\0\0\0\0\0\0", 12), preview("\xfe\0\4\0\1\0\0\0\1\0\0\0", 12);
  const auto entry = raw.find(std::string("\x1c\1\3\0\1\0\0\0", 8));  // PlanarConfiguration gives its place
  ASSERT_NE(entry, std::string::npos);
  raw.replace(entry, 12, preview);
  const auto refused = take(raw);
  ASSERT_TRUE(refused.refused());
  EXPECT_EQ(refused.refusal().kind, Refused::unsupported);
  EXPECT_FALSE(take(raw.replace(entry, 12, whole)).refused());
}

int bits(const Taken& taken, int at, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i)
    value |= (std::to_integer<int>(taken.placeholder[(at + i) / 8]) >> (at + i) % 8 & 1) << i;
  return value;
}

TEST_F(Formats, EachHasAPlaceholderOfItsColourShapeAndTransparency) {
  for (const auto format : {Format::jpeg, Format::gif, Format::tiff, Format::heic})
    EXPECT_TRUE(is_thumbhash(take(std::string(as_text(warm_picture(format))))->placeholder));
  const auto taken = take(saved(picture(1200, 600), ".png"));
  EXPECT_TRUE(is_thumbhash(taken->placeholder));
  const double light = (260 + 250 + 280 + 650) / 3.0 / 4 / 255;  // of the four colours
  EXPECT_NEAR(bits(*taken, 0, 6) / 63.0, light, .02);
  EXPECT_EQ(bits(*taken, 23, 1), 0);  // nothing to see through
  EXPECT_EQ(bits(*taken, 39, 1), 1);  // wider than high
  EXPECT_EQ(bits(*taken, 24, 3), 4);  // by two to one
  const auto clear = made([](VipsImage** out) { return ::vips_black(out, 40, 90, "bands", 4, nullptr); });
  const auto see_through = take(saved(as(made([&](VipsImage** out) {
                                           return ::vips_copy(clear.get(), out, "interpretation",
                                                              VIPS_INTERPRETATION_sRGB, nullptr);
                                         }),
                                         VIPS_INTERPRETATION_sRGB),
                                      ".png"));
  ASSERT_FALSE(see_through.refused());
  EXPECT_EQ(bits(*see_through, 23, 1), 1);
  EXPECT_EQ(bits(*see_through, 39, 1), 0);
}

}  // namespace
}  // namespace keepsake::image

#include "image/renditions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "image/container.h"
#include "image/test_pictures.h"
#include "image/warm_pictures.h"
#include "support/photo_files.h"
#include "support/temporary_folder.h"

namespace keepsake::image {
namespace {

using namespace test;
using support::MemoryFile;

class Renditions : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_EQ(::vips_init("test"), 0);
    workers_ = start_photo_workers({.workers = 2, .program = KEEPSAKE_PHOTO_WORKER});
  }
  static void TearDownTestSuite() { workers_.reset(); }

  static Result<Taken> take(const std::string& content) {
    return workers_->take(MemoryFile(std::string_view(content)).descriptor());
  }

  static void expect_refused(const std::string& content, Refused kind) {
    const auto result = take(content);
    ASSERT_TRUE(result.refused());
    EXPECT_EQ(result.refusal().kind, kind) << result.refusal().sentence;
  }

  // Every rendition is there, within its edge, in the photo's shape and bare.
  static void expect_whole(const Taken& taken) {
    ASSERT_EQ(taken.renditions.size(), 6u);
    for (const auto& rendition : taken.renditions) {
      EXPECT_EQ(bare_size(rendition.encoding, rendition.bytes), (Size{rendition.width, rendition.height}));
      const auto longest = std::max(taken.width, taken.height);
      EXPECT_EQ(std::max(rendition.width, rendition.height), std::min(rendition.edge, longest));
      const double shrink = std::min(1.0, double(rendition.edge) / longest);
      EXPECT_NEAR(rendition.width, taken.width * shrink, 1);
      EXPECT_NEAR(rendition.height, taken.height * shrink, 1);
    }
  }

  static void expect_four_colours(const std::string& content, int tolerance = 12) {
    const auto taken = take(content);
    ASSERT_FALSE(taken.refused()) << taken.refusal().sentence;
    expect_whole(*taken);
    for (const auto& rendition : taken->renditions)
      EXPECT_LE(difference(quadrants(rendition), four_colours), tolerance);
  }

  static std::unique_ptr<PhotoWorkers> workers_;
};

std::unique_ptr<PhotoWorkers> Renditions::workers_;

TEST_F(Renditions, OfEveryFormatThatCanBeMadeHere) {
  for (const auto* suffix :
       {".jpg", ".png", ".webp", ".png[interlace]", ".jpg[interlace]", ".png[palette]", ".webp[lossless]"}) {
    SCOPED_TRACE(suffix);
    expect_four_colours(saved(picture(400, 300), suffix));
  }
}

TEST_F(Renditions, OfHeicAndAvif) {
  for (const auto format : {Format::heic, Format::avif}) {
    const auto taken = take(std::string(as_text(warm_picture(format))));
    ASSERT_FALSE(taken.refused()) << taken.refusal().sentence;
    EXPECT_EQ(taken->format, format);
    expect_whole(*taken);
  }
}

TEST_F(Renditions, AreThreeEdgesInTwoEncodings) {
  const auto taken = take(saved(picture(3000, 1500), ".jpg"));
  ASSERT_FALSE(taken.refused());
  EXPECT_EQ(taken->width, 3000);
  EXPECT_EQ(taken->height, 1500);
  expect_whole(*taken);
  for (const int edge : {320, 1024, 2048})
    for (const auto encoding : {Encoding::webp, Encoding::jpeg})
      EXPECT_EQ(std::count_if(taken->renditions.begin(), taken->renditions.end(),
                              [&](const auto& r) {
                                return r.edge == edge && r.encoding == encoding && r.width == edge &&
                                       r.height == edge / 2;
                              }),
                1);
}

TEST_F(Renditions, StandUprightWhateverTheCameraHeld) {
  // How to store the picture so that the EXIF orientation turns it upright: the inverse of each.
  const auto upright = picture(400, 300);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    static constexpr VipsAngle turns[] = {VIPS_ANGLE_D0,  VIPS_ANGLE_D0,   VIPS_ANGLE_D180, VIPS_ANGLE_D180,
                                          VIPS_ANGLE_D90, VIPS_ANGLE_D270, VIPS_ANGLE_D270, VIPS_ANGLE_D90};
    static constexpr bool mirrored[] = {false, true, false, true, true, false, true, false};
    auto stored = made(
        [&](VipsImage** out) { return ::vips_rot(upright.get(), out, turns[orientation - 1], nullptr); });
    if (mirrored[orientation - 1])
      stored = made([&](VipsImage** out) {
        return ::vips_flip(stored.get(), out, VIPS_DIRECTION_HORIZONTAL, nullptr);
      });
    stored = made([&](VipsImage** out) { return ::vips_copy(stored.get(), out, nullptr); });
    ::vips_image_set_int(stored.get(), VIPS_META_ORIENTATION, orientation);
    for (const auto* suffix : {".jpg", ".webp"}) {
      SCOPED_TRACE(suffix + std::to_string(orientation));
      const auto content = saved(stored, suffix);
      expect_four_colours(content);
      EXPECT_EQ(take(content)->width, 400);
    }
  }
}

TEST_F(Renditions, SayNothingAboutPersonCameraOrPlace) {
  const auto photo = picture(400, 300);
  ::vips_image_set_string(photo.get(), "exif-ifd0-Make", "Camera (Camera, ASCII, 7 components, 7 bytes)");
  ::vips_image_set_string(photo.get(), "exif-ifd3-GPSLatitude",
                          "41/1 17/1 30/1 (41, 17, 30, Rational, 3, 24)");
  const std::string xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>somebody</x:xmpmeta>";
  ::vips_image_set_blob_copy(photo.get(), VIPS_META_XMP_NAME, xmp.data(), xmp.size());
  ::vips_image_set_blob_copy(photo.get(), VIPS_META_IPTC_NAME, "somebody", 8);
  const auto profiled = made([&](VipsImage** out) {
    return ::vips_icc_transform(photo.get(), out, "p3", "input_profile", "srgb", nullptr);
  });
  for (const auto* suffix : {".jpg", ".png", ".webp"}) {
    const auto content = saved(profiled, suffix);
    const auto taken = take(content);
    ASSERT_FALSE(taken.refused()) << suffix;
    expect_whole(*taken);
    for (const auto& rendition : taken->renditions)
      for (const auto* word : {"somebody", "Camera", "Exif", "EXIF", "ICC", "Photoshop", "adobe"})
        EXPECT_EQ(as_text(rendition.bytes).find(word), std::string_view::npos) << suffix << word;
  }
}

TEST_F(Renditions, AreInSrgb) {
  const auto wide = made([&](VipsImage** out) {
    return ::vips_icc_transform(picture(400, 300).get(), out, "p3", "input_profile", "srgb", nullptr);
  });
  expect_four_colours(saved(wide, ".jpg"));
  expect_four_colours(saved(wide, ".png"));
  const auto print = made([&](VipsImage** out) {
    return ::vips_icc_transform(picture(400, 300).get(), out, "cmyk", "input_profile", "srgb", nullptr);
  });
  ASSERT_EQ(print->Bands, 4);
  expect_four_colours(saved(print, ".jpg"), 80);  // ink cannot show all of these colours
}

TEST_F(Renditions, OfGreyAndOfSixteenBits) {
  const auto colours = picture(400, 300);
  const auto deep = made([&](VipsImage** out) {
    return ::vips_colourspace(colours.get(), out, VIPS_INTERPRETATION_RGB16, nullptr);
  });
  expect_four_colours(saved(deep, ".png"));
  const auto grey = made([&](VipsImage** out) {
    return ::vips_colourspace(colours.get(), out, VIPS_INTERPRETATION_B_W, nullptr);
  });
  for (const auto* suffix : {".jpg", ".png"}) {
    const auto taken = take(saved(grey, suffix));
    ASSERT_FALSE(taken.refused()) << suffix;
    for (const auto& rendition : taken->renditions)
      for (const auto& colour : quadrants(rendition)) EXPECT_NEAR(colour[0], colour[2], 3);
  }
}

TEST_F(Renditions, OfAPhotoWithABrokenProfile) {
  const auto photo = picture(400, 300);
  ::vips_image_set_blob_copy(photo.get(), VIPS_META_ICC_NAME, "no profile at all", 17);
  expect_four_colours(saved(photo, ".jpg"));
}

// The left half of the four colours can be seen through.
Image half_transparent(int alpha) {
  const auto colours = picture(400, 300);
  const auto left = made([](VipsImage** out) { return ::vips_black(out, 200, 300, nullptr); });
  const auto clear = made(
      [&](VipsImage** out) { return ::vips_linear1(left.get(), out, 1, alpha, "uchar", TRUE, nullptr); });
  const auto mask = made([&](VipsImage** out) {
    return ::vips_embed(clear.get(), out, 0, 0, 400, 300, "extend", VIPS_EXTEND_WHITE, nullptr);
  });
  const auto joined =
      made([&](VipsImage** out) { return ::vips_bandjoin2(colours.get(), mask.get(), out, nullptr); });
  return made([&](VipsImage** out) {
    return ::vips_copy(joined.get(), out, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr);
  });
}

TEST_F(Renditions, KeepTransparencyWhereTheyCan) {
  for (const auto* suffix : {".png", ".webp[lossless]"}) {
    const auto taken = take(saved(half_transparent(0), suffix));
    ASSERT_FALSE(taken.refused());
    expect_whole(*taken);
    for (const auto& rendition : taken->renditions) {
      const auto image = loaded(rendition.bytes);
      ASSERT_EQ(image->Bands, rendition.encoding == Encoding::webp ? 4 : 3);
      if (rendition.encoding == Encoding::jpeg) {
        EXPECT_NEAR(mean_colour(image, .1, .1)[2], 255, 3);
        EXPECT_NEAR(mean_colour(image, .625, .125)[1], four_colours[1][1], 6);
      }
    }
  }
}

TEST_F(Renditions, DropTransparencyThatHidesNothing) {
  const auto taken = take(saved(half_transparent(255), ".png"));
  ASSERT_FALSE(taken.refused());
  for (const auto& rendition : taken->renditions) EXPECT_EQ(loaded(rendition.bytes)->Bands, 3);
}

TEST_F(Renditions, OfAnAnimationAreItsFirstFrame) {
  const auto first = picture(100, 80);
  const auto second = made([](VipsImage** out) { return ::vips_black(out, 100, 80, "bands", 3, nullptr); });
  const auto both = made([&](VipsImage** out) {
    return ::vips_join(first.get(), second.get(), out, VIPS_DIRECTION_VERTICAL, nullptr);
  });
  const auto frames = made([&](VipsImage** out) { return ::vips_copy(both.get(), out, nullptr); });
  ::vips_image_set_int(frames.get(), "page-height", 80);
  const auto content = saved(frames, ".webp");
  ASSERT_NE(content.find("ANMF"), std::string::npos);
  expect_four_colours(content);
  EXPECT_EQ(take(content)->height, 80);
}

TEST_F(Renditions, OfAVeryLongPhoto) {
  const auto taken = take(saved(picture(9000, 4), ".png"));
  ASSERT_FALSE(taken.refused());
  for (const auto& rendition : taken->renditions) {
    EXPECT_EQ(rendition.width, rendition.edge);
    EXPECT_GE(rendition.height, 1);
  }
}

TEST_F(Renditions, OfATinyPhotoStayTiny) {
  const auto taken = take(saved(picture(1, 1), ".png"));
  ASSERT_FALSE(taken.refused());
  for (const auto& rendition : taken->renditions) EXPECT_EQ(rendition.width, 1);
}

TEST_F(Renditions, OfAPhotoCutShortAreRefused) {
  for (const auto* suffix : {".jpg", ".png", ".webp", ".jpg[interlace]"}) {
    const auto whole = saved(picture(700, 500), suffix);
    for (const int percent : {2, 20, 50, 80, 95}) {
      SCOPED_TRACE(suffix + std::to_string(percent));
      expect_refused(whole.substr(0, whole.size() * percent / 100), Refused::invalid);
    }
  }
  const std::string heic(as_text(warm_picture(Format::heic)));
  for (const auto size : {heic.size() / 2, heic.size() - 4})
    expect_refused(heic.substr(0, size), Refused::invalid);
}

std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

TEST_F(Renditions, OfABombAreRefusedByItsHeader) {
  auto png = saved(picture(8, 8), ".png");
  const auto content = "IHDR" + big_endian(60'000) + big_endian(60'000) + png.substr(24, 5);
  std::uint32_t crc = ~0u;  // PNG annex D
  for (const unsigned char byte : content) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  expect_refused(png.replace(12, 21, content + big_endian(~crc)), Refused::too_large);

  auto jpeg = saved(picture(8, 8), ".jpg");
  jpeg.replace(jpeg.find("\xff\xc0") + 5, 4, "\xfd\xe8\xfd\xe8");  // 65,000 x 65,000
  expect_refused(jpeg, Refused::too_large);
}

// An honest beginning with something else behind it.
TEST_F(Renditions, OfOneFormatInTheClothesOfAnotherAreRefused) {
  const auto png = saved(picture(8, 8), ".png");
  expect_refused("\xff\xd8\xff" + png, Refused::invalid);
  expect_refused(png.substr(0, 8) + saved(picture(8, 8), ".jpg"), Refused::invalid);
  expect_refused("GIF89a" + png, Refused::invalid);
  expect_refused("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", Refused::unsupported);
}

class Corpus : public Renditions {
 protected:
  void SetUp() override {
    const auto found = support::photo_corpus();
    if (!found) GTEST_SKIP() << "skipped: no photos here";
    folder_ = *found;
  }
  Taken photo(const std::string& name) const {
    auto taken = take(support::content_of(folder_ / name));
    EXPECT_FALSE(taken.refused()) << name;
    return std::move(*taken);
  }
  std::filesystem::path folder_;
};

// What exiftool knows of a file that says nothing: how it is stored, how large it is, how it is compressed.
bool is_about_pixels(const std::string& line) {
  for (const auto* group : {"[ExifTool]", "[System]", "[File]", "[Composite]", "[RIFF]", "==="})
    if (line.starts_with(group)) return true;
  return line == "\n";
}

void expect_nothing_found_by_exiftool(const std::filesystem::path& folder) {
  std::FILE* tool = ::popen(("exiftool -q -G1 -a -s " + folder.string() + " 2>/dev/null").c_str(), "r");
  ASSERT_TRUE(tool);
  char line[4096];
  while (std::fgets(line, sizeof(line), tool)) EXPECT_TRUE(is_about_pixels(line)) << line;
  if (::pclose(tool) != 0) std::cout << "skipped: exiftool is not here\n";
}

TEST_F(Corpus, EveryPhotoIsTakenAndSaysNothing) {
  const support::TemporaryFolder renditions;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const auto name = entry.path().filename().string();
    SCOPED_TRACE(name);
    const auto taken = photo(name);
    expect_whole(taken);
    for (const auto& rendition : taken.renditions) {
      const auto file =
          name + std::to_string(rendition.edge) + (rendition.encoding == Encoding::webp ? ".webp" : ".jpg");
      std::ofstream(renditions.path() / file, std::ios::binary) << as_text(rendition.bytes);
    }
  }
  expect_nothing_found_by_exiftool(renditions.path());
}

TEST_F(Corpus, TheSameViewLooksTheSameHoweverTheCameraWasHeld) {
  const auto landscape = photo("landscape_1.jpg");
  for (const auto* name : {"landscape_3.jpg", "landscape_6.jpg", "landscape_8.jpg"}) {
    const auto other = photo(name);
    EXPECT_EQ(other.width, landscape.width) << name;
    EXPECT_LE(difference(quadrants(other.renditions[0]), quadrants(landscape.renditions[0])), 6) << name;
  }
  const auto portrait = photo("portrait_2.jpg");
  EXPECT_GT(portrait.height, portrait.width);
  for (const auto* name : {"portrait_5.jpg", "portrait_7.jpg"}) {
    const auto other = photo(name);
    EXPECT_EQ(other.width, portrait.width) << name;
    EXPECT_LE(difference(quadrants(other.renditions[0]), quadrants(portrait.renditions[0])), 6) << name;
  }
}

// Both phones held upright; one says so twice, in the container and in EXIF.
TEST_F(Corpus, PhonesThatSayTwiceHowTheyWereHeldAreTurnedOnce) {
  for (const auto* name : {"iphone_13_pro_max.HEIC", "HMD_Nokia_8.3_5G.heif"}) {
    const auto taken = photo(name);
    EXPECT_EQ(taken.format, Format::heic);
    EXPECT_GT(taken.height, taken.width) << name;
    expect_whole(taken);
  }
}

TEST_F(Corpus, APhoneUploadThatStoppedHalfwayIsRefused) {
  for (const auto* name : {"iphone_13_pro_max.HEIC", "jolla.jpg"}) {
    const auto whole = support::content_of(folder_ / name);
    expect_refused(whole.substr(0, whole.size() / 2), Refused::invalid);
  }
}

}  // namespace
}  // namespace keepsake::image

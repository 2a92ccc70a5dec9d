#include "image/avif.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "image/photo_workers.h"
#include "image/test_pictures.h"
#include "image/warm_pictures.h"
#include "support/photo_files.h"
#include "support/temporary_folder.h"

namespace keepsake::image {
namespace {

using namespace std::string_view_literals;
using support::MemoryFile;

std::optional<Size> size_of(std::string_view text) {
  return bare_avif(as_byte_view(text));
}

class Avif : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_EQ(::vips_init("test"), 0);
    workers_ = start_photo_workers({.workers = 1, .program = KEEPSAKE_PHOTO_WORKER});
    const auto made = take(test::saved(test::picture(64, 40), ".jpg"));
    makes_avif_ = !made.refused();
    if (makes_avif_) file_ = as_text(made->renditions[0].bytes);
  }
  static void TearDownTestSuite() { workers_.reset(); }
  void SetUp() override {
    if (!makes_avif_) GTEST_SKIP() << "skipped: AVIF cannot be made here";
  }

  static Result<Taken> take(const std::string& content, const Look& look = {}) {
    return workers_->take_avif(MemoryFile(std::string_view(content)).descriptor(), look);
  }
  // The same file with the sizes of the boxes around `at`, which stand at `boxes`, and the place of the
  // pixels mended, so that nothing but what is inserted is wrong with it.
  static std::string with(std::string_view more, std::size_t at, std::initializer_list<std::size_t> boxes) {
    auto file = file_;
    const auto add = [&](std::size_t place) {
      for (std::size_t i = 4, carry = more.size(); i-- > 0; carry >>= 8) {
        carry += static_cast<unsigned char>(file[place + i]);
        file[place + i] = static_cast<char>(carry);
      }
    };
    for (const auto box : boxes) add(box);
    if (at <= file.find("mdat") - 4) add(file.find("iloc") + 16);
    return file.insert(at, more);
  }
  static std::size_t box(std::string_view kind) { return file_.find(kind) - 4; }

  static std::unique_ptr<PhotoWorkers> workers_;
  static bool makes_avif_;
  static std::string file_;  // 64 x 40
};

std::unique_ptr<PhotoWorkers> Avif::workers_;
bool Avif::makes_avif_ = false;
std::string Avif::file_;

TEST_F(Avif, IsThreeEdgesOfThePhotoInItsLook) {
  const auto taken = take(test::saved(test::picture(3001, 1501), ".jpg"), {.quarter_turns = 1});
  ASSERT_FALSE(taken.refused()) << taken.refusal().sentence;
  EXPECT_EQ(taken->width, 1501);
  EXPECT_FALSE(taken->placeholder.empty());
  ASSERT_EQ(taken->renditions.size(), 3u);
  const auto [a, b, c, d] = test::four_colours;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& rendition = taken->renditions[i];
    EXPECT_EQ(rendition.edge, (std::array{2048, 1024, 320}[i]));
    EXPECT_EQ(rendition.encoding, Encoding::avif);
    EXPECT_EQ(rendition.height, rendition.edge);
    EXPECT_EQ(bare_avif(rendition.bytes), (Size{rendition.width, rendition.height}));
    EXPECT_EQ(test::loaded(rendition.bytes)->Xsize, rendition.width);
    EXPECT_LE(test::difference(test::quadrants(rendition), {c, a, d, b}), 12);
  }
}

TEST_F(Avif, KeepsTransparency) {
  const auto clear =
      test::made([](VipsImage** out) { return ::vips_black(out, 41, 31, "bands", 4, nullptr); });
  const auto taken = take(test::saved(test::made([&](VipsImage** out) {
                                        return ::vips_copy(clear.get(), out, "interpretation",
                                                           VIPS_INTERPRETATION_sRGB, nullptr);
                                      }),
                                      ".png"));
  ASSERT_FALSE(taken.refused());
  EXPECT_EQ(test::loaded(taken->renditions[0].bytes)->Bands, 4);
}

TEST_F(Avif, OfAnOddSizeAndOfOnePixel) {
  for (const auto& [width, height] : {std::pair{401, 299}, {3, 1}, {1, 1}, {9000, 4}}) {
    const auto taken = take(test::saved(test::picture(width, height), ".png"));
    ASSERT_FALSE(taken.refused()) << width;
    EXPECT_EQ(taken->renditions[2].width, std::min(width, 320));
  }
}

TEST_F(Avif, IsRefusedForWhatIsNoPhoto) {
  EXPECT_TRUE(take("a letter").refused());
  EXPECT_EQ(workers_->stats().restarted, 0u);
}

TEST_F(Avif, IsBareAsItIsMade) {
  EXPECT_EQ(size_of(file_), (Size{64, 40}));
  EXPECT_EQ(size_of(with("MA1B", 28, {0})), (Size{64, 40}));  // a brand that says how to read it
}

TEST_F(Avif, IsNotBareWhenItSaysMore) {
  const auto end = file_.size();
  const auto word =
      "\0\0\0\x0c"
      "free"
      "word"sv;
  EXPECT_EQ(size_of(file_ + std::string(word)), std::nullopt);
  EXPECT_EQ(size_of(with(word, 0, {})), std::nullopt);
  EXPECT_EQ(size_of(with(word, box("meta"), {})), std::nullopt);
  for (const auto* inner : {"hdlr", "iloc", "iinf", "iprp"})
    EXPECT_EQ(size_of(with(word, box(inner), {box("meta")})), std::nullopt) << inner;
  EXPECT_EQ(size_of(with("word", box("pitm"), {box("meta"), box("hdlr")})), std::nullopt);  // a name
  EXPECT_EQ(size_of(with("Exif", 28, {0})), std::nullopt);                                  // a brand
  EXPECT_EQ(size_of(with(word, box("av1C"), {box("meta"), box("iprp"), box("ipco")})), std::nullopt);
  EXPECT_EQ(size_of(with("word", end, {box("mdat")})), std::nullopt);  // no part of a picture
}

TEST_F(Avif, IsNotBareWithMetadataAmongItsFrames) {
  const auto metadata = "\x2a\3\4ab"sv;  // AV1 section 5.8: an open bitstream unit of metadata
  auto file = with(metadata, file_.size(), {box("mdat"), file_.find("iloc") + 26});
  EXPECT_EQ(size_of(file), std::nullopt);
  const auto delimiter = "\x12\0"sv;
  file = with(delimiter, file_.size(), {box("mdat"), file_.find("iloc") + 26});
  EXPECT_EQ(size_of(file), (Size{64, 40}));
}

TEST_F(Avif, IsNotBareWithAnItemOfAnotherKindOrAProfile) {
  for (const auto& [from, to] :
       {std::pair{"av01", "Exif"}, {"av01", "mime"}, {"nclx", "prof"}, {"pict", "text"}}) {
    auto file = file_;
    EXPECT_EQ(size_of(file.replace(file.find(from), 4, to)), std::nullopt) << to;
  }
}

TEST_F(Avif, IsNotBareWhenCutShort) {
  for (std::size_t cut = 0; cut < file_.size(); ++cut)
    EXPECT_EQ(size_of(file_.substr(0, cut)), std::nullopt) << cut;
}

// What exiftool may find: how the file is stored and its pixels are to be read.
bool is_about_pixels(const std::string& line) {
  for (const auto* group : {"[ExifTool]", "[System]", "[File]", "[Composite]"})
    if (line.starts_with(group)) return true;
  for (const auto* tag :
       {"MajorBrand", "MinorVersion", "CompatibleBrands", "HandlerType", "ColorProfiles", "ColorPrimaries",
        "TransferCharacteristics", "MatrixCoefficients", "VideoFullRangeFlag", "AV1ConfigurationVersion",
        "Chroma", "ImageSpatialExtent", "ImagePixelDepth", "MediaData", "PrimaryItemReference"})
    if (line.find(tag) != std::string::npos) return true;
  return line == "\n";
}

TEST_F(Avif, SaysNothingAboutPersonCameraOrPlace) {
  const auto photo = test::picture(400, 300);
  ::vips_image_set_string(photo.get(), "exif-ifd0-Make", "Camera (Camera, ASCII, 7 components, 7 bytes)");
  ::vips_image_set_string(photo.get(), "exif-ifd3-GPSLatitude",
                          "41/1 17/1 30/1 (41, 17, 30, Rational, 3, 24)");
  ::vips_image_set_blob_copy(photo.get(), VIPS_META_XMP_NAME, "<x:xmpmeta/>", 12);
  const auto taken = take(test::saved(photo, ".jpg"));
  ASSERT_FALSE(taken.refused());
  const support::TemporaryFolder folder;
  const auto file = folder.path() / "made.avif";
  std::ofstream(file, std::ios::binary) << as_text(taken->renditions[0].bytes);
  std::FILE* tool = ::popen(("exiftool -q -G1 -a -s " + file.string() + " 2>/dev/null").c_str(), "r");
  ASSERT_TRUE(tool);
  char line[4096];
  while (std::fgets(line, sizeof(line), tool)) EXPECT_TRUE(is_about_pixels(line)) << line;
  if (::pclose(tool) != 0) GTEST_SKIP() << "skipped: exiftool is not here";
}

}  // namespace
}  // namespace keepsake::image

#include "image/looking.h"

#include <gtest/gtest.h>

#include "image/test_pictures.h"
#include "image/worker_protocol.h"
#include "support/photo_files.h"

namespace keepsake::image {
namespace {

using support::MemoryFile;
using test::four_colours;

class Looking : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_EQ(::vips_init("test"), 0);
    workers_ = start_photo_workers({.workers = 1, .program = KEEPSAKE_PHOTO_WORKER});
  }
  static void TearDownTestSuite() { workers_.reset(); }

  static Taken take(const test::Image& photo, const Look& look, const char* suffix = ".jpg[Q=95]") {
    const auto content = test::saved(photo, suffix);
    auto taken = workers_->take(MemoryFile(std::string_view(content)).descriptor(), look);
    EXPECT_FALSE(taken.refused()) << taken.refusal().sentence;
    for (const auto& rendition : taken->renditions) {
      const auto longest = std::max(taken->width, taken->height);
      EXPECT_NEAR(std::max(rendition.width, rendition.height), std::min(longest, rendition.edge), 1);
    }
    return std::move(*taken);
  }

  static std::unique_ptr<PhotoWorkers> workers_;
};

std::unique_ptr<PhotoWorkers> Looking::workers_;

const Rendition& largest(const Taken& taken) {
  return taken.renditions[1];  // as JPEG
}

TEST(Framing, DecodesNoMoreThanIsShown) {
  const auto whole = framing_of({4000, 3000}, plain());
  EXPECT_EQ(whole.shown, (Size{4000, 3000}));
  EXPECT_EQ(whole.drawn, (Size{2048, 1536}));
  EXPECT_EQ(whole.edge, 2048);
  const auto half = framing_of({4000, 3000}, {.crop = {.25, .25, .5, .5}});
  EXPECT_EQ(half.shown, (Size{2000, 1500}));
  EXPECT_EQ(half.drawn, half.shown);
  EXPECT_EQ(half.edge, 4000);
  EXPECT_EQ(framing_of({8000, 3000}, {.crop = {0, 0, .5, 1}}).edge, 4096);
  EXPECT_EQ(framing_of({10, 10}, {.crop = {0, 0, .05, .05}}).drawn, (Size{1, 1}));
  for (int width = 2049; width < 9000; ++width) EXPECT_EQ(framing_of({width, 100}, plain()).edge, 2048);
}

TEST(Framing, StraighteningKeepsTheShapeAndLosesTheCorners) {
  const auto framing = framing_of({4000, 2000}, {.straighten = 10});
  EXPECT_NEAR(framing.shown.width, 2.0 * framing.shown.height, 2);
  EXPECT_LT(framing.shown.width, 3100);
  EXPECT_GT(framing.shown.width, 2900);
  EXPECT_EQ(framing.shown, framing_of({4000, 2000}, {.straighten = -10}).shown);
}

TEST_F(Looking, TurnsClockwise) {
  const auto photo = test::picture(400, 300);
  const auto [a, b, c, d] = four_colours;
  const test::Quadrants turned[] = {{a, b, c, d}, {c, a, d, b}, {d, c, b, a}, {b, d, a, c}};
  for (int turns = 0; turns < 4; ++turns) {
    const auto taken = take(photo, {.quarter_turns = turns});
    EXPECT_EQ(taken.width, turns % 2 ? 300 : 400);
    EXPECT_EQ(taken.height, turns % 2 ? 400 : 300);
    EXPECT_LE(test::difference(test::quadrants(largest(taken)), turned[turns]), 12) << turns;
  }
}

TEST_F(Looking, TurnsWhatStandsUprightAlready) {
  const auto lying = test::made([](VipsImage** out) {
    return ::vips_rot(test::picture(400, 300).get(), out, VIPS_ANGLE_D270, nullptr);
  });
  const auto stored = test::made([&](VipsImage** out) { return ::vips_copy(lying.get(), out, nullptr); });
  ::vips_image_set_int(stored.get(), VIPS_META_ORIENTATION, 6);
  const auto taken = take(stored, {.quarter_turns = 2, .crop = {0, 0, .5, .5}});
  EXPECT_EQ(taken.width, 200);
  EXPECT_EQ(taken.height, 150);
  EXPECT_NEAR(test::quadrants(largest(taken))[0][2], four_colours[3][2], 12);
}

TEST_F(Looking, CropsToThePartThatIsAskedFor) {
  for (const auto* suffix : {".jpg", ".png", ".webp", ".tif"})
    for (int quarter = 0; quarter < 4; ++quarter) {
      const auto taken =
          take(test::picture(400, 300), {.crop = {quarter % 2 * .5, quarter / 2 * .5, .5, .5}}, suffix);
      EXPECT_EQ(taken.width, 200);
      EXPECT_EQ(taken.height, 150);
      const auto colour = four_colours[quarter];
      EXPECT_LE(test::difference(test::quadrants(largest(taken)), {colour, colour, colour, colour}), 14)
          << quarter;
    }
}

// Stripes of two pixels, which a picture of 2048 pixels cannot hold.
TEST_F(Looking, ACropIsAsSharpAsThePhoto) {
  std::string pixels;
  for (int i = 0; i < 6000 * 600; ++i) pixels += i % 6000 % 4 < 2 ? '\0' : '\xff';
  const test::Image stripes(
      ::vips_image_new_from_memory_copy(pixels.data(), pixels.size(), 6000, 600, 1, VIPS_FORMAT_UCHAR));
  for (const auto* suffix : {".jpg", ".png"}) {
    const auto taken = take(stripes, {.crop = {.3, 0, .3, 1}}, suffix);
    EXPECT_EQ(taken.width, 1800);
    EXPECT_EQ(largest(taken).width, 1800);
    double spread = 0;
    ASSERT_EQ(::vips_deviate(test::loaded(largest(taken).bytes).get(), &spread, nullptr), 0);
    EXPECT_GT(spread, 110) << suffix;
  }
}

// Light above dark, with a horizon that falls to the left by `degrees`.
test::Image horizon(double degrees) {
  std::string pixels;
  for (int y = 0; y < 600; ++y)
    for (int x = 0; x < 800; ++x)
      for (int part = 0; part < 3; ++part)
        pixels += y - 300 < std::tan(-degrees / 180 * M_PI) * (x - 400) ? '\xdc' : '\x3c';
  return test::Image(
      ::vips_image_new_from_memory_copy(pixels.data(), pixels.size(), 800, 600, 3, VIPS_FORMAT_UCHAR));
}

double mean_of_part(const test::Image& image, double left, double top, double width, double height) {
  const auto part = test::made([&](VipsImage** out) {
    return ::vips_extract_area(image.get(), out, image->Xsize * left, image->Ysize * top,
                               image->Xsize * width, image->Ysize * height, nullptr);
  });
  double mean = 0;
  EXPECT_EQ(::vips_avg(part.get(), &mean, nullptr), 0);
  return mean;
}

TEST_F(Looking, StraightensAHorizon) {
  for (const double degrees : {-15.0, -4.0, 1.5, 15.0}) {
    const auto taken = take(horizon(degrees), {.straighten = degrees});
    const auto image = test::loaded(largest(taken).bytes);
    EXPECT_NEAR(mean_of_part(image, 0, 0, 1, .48), 0xdc, 3) << degrees;
    EXPECT_NEAR(mean_of_part(image, 0, .52, 1, .48), 0x3c, 3) << degrees;
  }
}

TEST_F(Looking, StraighteningLeavesNoEmptyCorners) {
  const auto white = test::made([](VipsImage** out) {
    return ::vips_linear1(test::made([](VipsImage** black) {
                            return ::vips_black(black, 900, 500, "bands", 3, nullptr);
                          }).get(),
                          out, 1, 230, "uchar", TRUE, nullptr);
  });
  for (const double degrees : {-15.0, -.3, 7.0})
    for (const auto& crop : {Crop{}, Crop{0, 0, .3, .3}, Crop{.7, .7, .3, .3}}) {
      const auto taken = take(white, {.quarter_turns = 1, .straighten = degrees, .crop = crop});
      double least = 0;
      ASSERT_EQ(::vips_min(test::loaded(largest(taken).bytes).get(), &least, nullptr), 0);
      EXPECT_NEAR(least, 230, 3) << degrees;
    }
}

TEST_F(Looking, BlackAndWhiteHasNoColour) {
  const auto taken = take(test::picture(3000, 2000), {.black_and_white = true});
  EXPECT_EQ(taken.width, 3000);
  std::vector<int> tones;
  for (const auto& rendition : taken.renditions)
    for (const auto& colour : test::quadrants(rendition)) {
      EXPECT_NEAR(colour[0], colour[1], 1);
      EXPECT_NEAR(colour[1], colour[2], 1);
      tones.push_back(colour[0]);
    }
  EXPECT_GT(tones[3], 190);  // nearly white paper
  EXPECT_LT(tones[2], 90);   // deep blue
}

TEST_F(Looking, WhatDoesNotFitIsRefused) {
  const auto content = test::saved(test::picture(40, 30), ".jpg");
  const MemoryFile file{std::string_view(content)};
  for (const auto& look : {Look{.quarter_turns = 4}, Look{.straighten = 16}, Look{.crop = {.5, 0, .6, 1}}}) {
    const auto result = workers_->take(file.descriptor(), look);
    ASSERT_TRUE(result.refused());
    EXPECT_EQ(result.refusal().kind, Refused::invalid);
  }
  EXPECT_EQ(workers_->stats().restarted, 0u);
}

}  // namespace
}  // namespace keepsake::image

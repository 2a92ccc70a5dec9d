#include "image/look.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

namespace keepsake::image {
namespace {

bool fits_with(const std::function<void(Look&)>& change) {
  auto look = plain();
  change(look);
  return fits(look);
}

TEST(Look, PlainIsThePhotoAsItWasGiven) {
  EXPECT_TRUE(fits(plain()));
  EXPECT_EQ(plain(), Look{});
  EXPECT_NE(plain(), (Look{.black_and_white = true}));
  EXPECT_NE(plain(), (Look{.crop = {.width = .5}}));
}

TEST(Look, FitsUpToItsBounds) {
  EXPECT_TRUE(fits_with([](Look& look) { look.quarter_turns = 3; }));
  EXPECT_TRUE(fits_with([](Look& look) { look.straighten = -15; }));
  EXPECT_TRUE(fits_with([](Look& look) { look.crop = {.95, .95, .05, .05}; }));
  EXPECT_TRUE(fits_with([](Look& look) { look.crop = {.1, .7, .9, .3}; }));
}

TEST(Look, FitsNothingBeyondThem) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(fits_with([](Look& look) { look.quarter_turns = 4; }));
  EXPECT_FALSE(fits_with([](Look& look) { look.quarter_turns = -1; }));
  EXPECT_FALSE(fits_with([](Look& look) { look.straighten = 15.1; }));
  EXPECT_FALSE(fits_with([&](Look& look) { look.straighten = nan; }));
  EXPECT_FALSE(fits_with([](Look& look) { look.crop.left = -.01; }));
  EXPECT_FALSE(fits_with([](Look& look) { look.crop.left = .2; }));
  EXPECT_FALSE(fits_with([](Look& look) { look.crop.height = .04; }));
  EXPECT_FALSE(fits_with([](Look& look) { look.crop.width = std::numeric_limits<double>::infinity(); }));
  for (const auto part : {&Crop::left, &Crop::top, &Crop::width, &Crop::height})
    EXPECT_FALSE(fits_with([&](Look& look) { look.crop.*part = nan; }));
}

TEST(Look, ATurnShowsTheSamePartOfThePhoto) {
  const Look upper_left{0, 3, {0, 0, 0.25, 0.5}, true};
  EXPECT_EQ(turned_right(upper_left), (Look{1, 3, {0.5, 0, 0.5, 0.25}, true}));
  EXPECT_EQ(turned_left(upper_left), (Look{3, 3, {0, 0.75, 0.5, 0.25}, true}));
  EXPECT_EQ(turned_left(turned_right(upper_left)), upper_left);
  EXPECT_EQ(turned_right(turned_right(turned_right(turned_right(plain())))), plain());
}

}  // namespace
}  // namespace keepsake::image

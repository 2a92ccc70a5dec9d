#include "image/thumbhash.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace keepsake::image {
namespace {

Bytes picture(int width, int height, bool see_through) {
  Bytes pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int alpha = see_through && (x + y) % 2 == 0 ? y * 255 / height : 255;
      for (const int part : {x * 255 / width, y * 200 / height, (x * 7 + y * 13) % 256, alpha})
        pixels.push_back(static_cast<std::byte>(part));
    }
  return pixels;
}

// What the author's own program (thumbhash.js 0.1.1) makes of these pictures.
constexpr struct {
  int width, height;
  bool see_through;
  const char* hash;
} known[] = {
    {100, 75, false, "9d370a359a8087777277777878787778708207d878"},
    {31, 90, false, "5d370a321a70728877777887808107d877"},
    {64, 64, false, "9d370a371a70867772788777777887777778071888807d07"},
    {40, 25, true, "9d278a23922b7077927768a0710ad87977777078787887"},
    {100, 1, false, "54f62a71be7677878888088995874f8808"},
    {1, 1, false, "000802070000000000000000000000000000000000000000"},
    {7, 100, true, "5df78929122b8081876887709309d86978788087877778"},
};

TEST(Thumbhash, IsThatOfItsAuthor) {
  for (const auto& one : known) {
    const auto pixels = picture(one.width, one.height, one.see_through);
    EXPECT_EQ(hex(thumbhash(pixels, one.width, one.height)), one.hash) << one.width << "x" << one.height;
  }
}

TEST(Thumbhash, IsAsLongAsItsHeaderSaysAndNeverLong) {
  for (const bool see_through : {false, true})
    for (int width = 1; width <= 60; width += 3)
      for (int height = 1; height <= 60; height += 7) {
        const auto hash = thumbhash(picture(width, height, see_through), width, height);
        EXPECT_LE(hash.size(), most_thumbhash_bytes);
        EXPECT_TRUE(is_thumbhash(hash)) << width << "x" << height;
        EXPECT_FALSE(is_thumbhash(ByteView(hash).first(hash.size() - 1)));
      }
}

TEST(Thumbhash, SaysWhichColourIsWhere) {
  Bytes pixels;
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 90; ++x)
      for (const int part : {x < 30 ? 200 : 20, 30, y < 30 ? 20 : 180, 255})
        pixels.push_back(static_cast<std::byte>(part));
  const auto colours = thumbhash_colours(thumbhash(pixels, 90, 60), 3, 2);
  ASSERT_EQ(colours.size(), 6u);
  const auto red = [&](int at) { return colours[at] >> 16; };
  const auto blue = [&](int at) { return colours[at] & 255; };
  EXPECT_GT(red(0), red(2) + 80);
  EXPECT_GT(red(3), red(5) + 80);
  EXPECT_GT(blue(3), blue(0) + 80);
  EXPECT_GT(blue(5), blue(2) + 80);
}

TEST(Thumbhash, ShowsNoColoursOfWhatIsSeenThroughOrNoHash) {
  EXPECT_TRUE(thumbhash_colours(thumbhash(picture(40, 25, true), 40, 25), 3, 2).empty());
  EXPECT_TRUE(thumbhash_colours({}, 3, 2).empty());
  EXPECT_TRUE(thumbhash_colours(Bytes(24), 3, 2).empty());
}

TEST(Thumbhash, IsNothingElse) {
  EXPECT_FALSE(is_thumbhash({}));
  EXPECT_FALSE(is_thumbhash(Bytes(4)));
  EXPECT_FALSE(is_thumbhash(Bytes(24)));  // with no wave along its shorter side
  EXPECT_FALSE(is_thumbhash(as_byte_view("<script>alert(1)</script>")));
}

}  // namespace
}  // namespace keepsake::image

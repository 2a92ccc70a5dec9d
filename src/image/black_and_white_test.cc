#include "image/black_and_white.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

namespace keepsake::image {
namespace {

TEST(BlackAndWhite, KeepsBlackWhiteAndTheMiddle) {
  EXPECT_EQ(tone(0, 0, 0), 0);
  EXPECT_EQ(tone(255, 255, 255), 255);
  EXPECT_NEAR(tone(128, 128, 128), 128, 1);
}

TEST(BlackAndWhite, KeepsTheOrderOfGreys) {
  int before = -1, apart = 0;
  for (int grey = 0; grey < 256; ++grey) {
    const int now = tone(grey, grey, grey);
    EXPECT_GE(now, before) << grey;
    apart += now != before;
    before = now;
  }
  EXPECT_GE(apart, 200);  // of 256: a gentle curve
}

// Of a portrait outdoors: fair, brown and dark skin, sky, leaves.
TEST(BlackAndWhite, KeepsApartWhatAPersonTellsApart) {
  const std::vector<int> tones = {tone(224, 172, 140), tone(198, 134, 98), tone(110, 65, 45),
                                  tone(110, 160, 220), tone(80, 130, 50)};
  for (std::size_t i = 0; i < tones.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_GE(std::abs(tones[i] - tones[j]), 8) << i << " and " << j;
}

// `grey` is about as light as the colour, by IEC 61966-2-1.
TEST(BlackAndWhite, ASkyIsDarkerAndAFaceLighterThanGreyOfTheSameLight) {
  EXPECT_LT(tone(60, 120, 220), tone(123, 123, 123));
  EXPECT_GT(tone(224, 172, 140), tone(182, 182, 182));
}

}  // namespace
}  // namespace keepsake::image

#pragma once
// How a photo is shown, without a change to what was given.

namespace keepsake::image {

// Parts of a picture's width and height, counted from its upper left corner.
struct Crop {
  double left = 0, top = 0, width = 1, height = 1;
  bool operator==(const Crop&) const = default;
};

// What is done to a photo that already stands upright, in this order: turned, straightened, cropped, drawn
// without its colours.
struct Look {
  int quarter_turns = 0;  // 0 to 3, clockwise
  double straighten = 0;  // degrees, clockwise, -15 to 15; the empty corners are cut off, the shape stays
  Crop crop = {};         // of what is left
  bool black_and_white = false;
  bool operator==(const Look&) const = default;
};

inline constexpr double most_straightening = 15;  // degrees
inline constexpr double least_crop = 0.05;        // of a side

// The photo as it was given.
inline Look plain() {
  return {};
}

// Whether every number is in its range (none is a NaN) and the crop lies inside the picture, but for what a
// sum of two fractions loses.
bool fits(const Look& look);

// The same part of the photo, a quarter turn clockwise, or counterclockwise.
Look turned_right(Look look);
Look turned_left(Look look);

}  // namespace keepsake::image

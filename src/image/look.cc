#include "image/look.h"

namespace keepsake::image {
namespace {

constexpr double rounding = 1e-9;

// False for a NaN, which is no more than nothing.
bool within(double value, double least, double most) {
  return value >= least && value <= most;
}

bool fits(double begin, double length) {
  return within(begin, 0, 1) && within(length, least_crop, 1) && begin + length <= 1 + rounding;
}

}  // namespace

bool fits(const Look& look) {
  return look.quarter_turns >= 0 && look.quarter_turns <= 3 &&
         within(look.straighten, -most_straightening, most_straightening) &&
         fits(look.crop.left, look.crop.width) && fits(look.crop.top, look.crop.height);
}

// What was the upper side is on the right now.
Look turned_right(Look look) {
  const Crop before = look.crop;
  look.quarter_turns = (look.quarter_turns + 1) % 4;
  look.crop = {1 - (before.top + before.height), before.left, before.height, before.width};
  look.crop.left = look.crop.left < 0 ? 0 : look.crop.left;
  return look;
}

Look turned_left(Look look) {
  return turned_right(turned_right(turned_right(look)));
}

}  // namespace keepsake::image

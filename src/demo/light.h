#pragma once
// Light as a lens sees it, linear, 1 being paper in the sun; and the few functions every picture is made of.
#include <algorithm>
#include <cmath>

namespace keepsake::demo {

struct Light {
  float red = 0, green = 0, blue = 0;
};

constexpr Light operator+(Light a, Light b) {
  return {a.red + b.red, a.green + b.green, a.blue + b.blue};
}
constexpr Light operator*(Light light, float by) {
  return {light.red * by, light.green * by, light.blue * by};
}
constexpr Light operator*(Light light, Light filter) {
  return {light.red * filter.red, light.green * filter.green, light.blue * filter.blue};
}

inline float clamped(float value) {
  return std::clamp(value, 0.0f, 1.0f);
}
// From `a` at 0 to `b` at 1, and no further.
inline float mix(float a, float b, float share) {
  return a + (b - a) * clamped(share);
}
inline Light mix(Light a, Light b, float share) {
  return a * (1 - clamped(share)) + b * clamped(share);
}
// 0 before `from`, 1 after `to`, soft between; `from` may be the larger.
inline float smooth(float from, float to, float value) {
  const float share = clamped((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}
// A bell of height 1 around 0, `width` wide.
inline float bell(float value, float width) {
  return std::exp(-value * value / (width * width));
}

}  // namespace keepsake::demo

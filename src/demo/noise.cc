#include "demo/noise.h"

#include <array>
#include <cmath>
#include <limits>

#include "demo/light.h"

namespace keepsake::demo {
namespace {

std::uint32_t scrambled(int x, int y, std::uint32_t seed) {
  std::uint32_t number = seed * 2'654'435'761u + static_cast<std::uint32_t>(x) * 374'761'393u +
                         static_cast<std::uint32_t>(y) * 668'265'263u;
  number = (number ^ (number >> 13)) * 1'274'126'177u;
  number = (number ^ (number >> 15)) * 2'246'822'519u;
  return number ^ (number >> 16);
}

float fraction(std::uint32_t number) {
  return static_cast<float>(number >> 8) / static_cast<float>(1 << 24);
}

// The next whole number below; std::floor is a call where the processor need not know it.
int below(float value) {
  const int whole = static_cast<int>(value);
  return whole - (value < static_cast<float>(whole) ? 1 : 0);
}

struct Direction {
  float x, y;
};

std::array<Direction, 256> all_around() {
  std::array<Direction, 256> directions{};
  for (std::size_t at = 0; at < directions.size(); ++at) {
    const float angle = static_cast<float>(at) / 256 * 6.2831853f;
    directions[at] = {std::cos(angle), std::sin(angle)};
  }
  return directions;
}

const std::array<Direction, 256> directions = all_around();

float slope(int x, int y, std::uint32_t seed, float dx, float dy) {
  const Direction& steepest = directions[scrambled(x, y, seed) & 0xff];
  return steepest.x * dx + steepest.y * dy;
}

float between(float a, float b, float share) {
  return a + (b - a) * share;
}

float eased(float t) {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

}  // namespace

float chance(int x, int y, std::uint32_t seed) {
  return fraction(scrambled(x, y, seed));
}

float noise(float x, float y, std::uint32_t seed) {
  const int column = below(x), row = below(y);
  const float dx = x - static_cast<float>(column), dy = y - static_cast<float>(row);
  const float upper =
      between(slope(column, row, seed, dx, dy), slope(column + 1, row, seed, dx - 1, dy), eased(dx));
  const float lower = between(slope(column, row + 1, seed, dx, dy - 1),
                              slope(column + 1, row + 1, seed, dx - 1, dy - 1), eased(dx));
  return 1.5f * between(upper, lower, eased(dy));
}

float clouds(float x, float y, std::uint32_t seed, int octaves) {
  float sum = 0, strength = 0.5f;
  for (int octave = 0; octave < octaves; ++octave, strength /= 2) {
    sum += strength * noise(x, y, seed + static_cast<std::uint32_t>(octave));
    x = x * 2 + 17.3f;
    y = y * 2 + 9.1f;
  }
  return sum;
}

Cell cell(float x, float y, std::uint32_t seed) {
  const int column = below(x), row = below(y);
  Cell found{std::numeric_limits<float>::max(), std::numeric_limits<float>::max()};
  for (int at_row = row - 1; at_row <= row + 1; ++at_row) {
    for (int at = column - 1; at <= column + 1; ++at) {
      const float dx = x - static_cast<float>(at) - chance(at, at_row, seed);
      const float dy = y - static_cast<float>(at_row) - chance(at, at_row, seed + 1);
      const float far = dx * dx + dy * dy;
      if (far < found.nearest) {
        found = {far, found.nearest, dx, dy, scrambled(at, at_row, seed + 2)};
      } else {
        found.second = std::min(found.second, far);
      }
    }
  }
  found.nearest = std::sqrt(found.nearest);
  found.second = std::sqrt(found.second);
  return found;
}

}  // namespace keepsake::demo

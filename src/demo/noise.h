#pragma once
// The chance in clouds, bark and ripples: the same numbers for the same seed, on every machine.
#include <cstdint>

namespace keepsake::demo {

// From 0 to 1, for a point of the grid.
float chance(int x, int y, std::uint32_t seed);
// Gradient noise (K. Perlin, Improving Noise, 2002), about -1 to 1, smooth at the scale of 1.
float noise(float x, float y, std::uint32_t seed);
// The same summed over `octaves`, each twice as fine and half as strong; about -1 to 1.
float clouds(float x, float y, std::uint32_t seed, int octaves = 5);

// Where the point lies among cells of about the size of 1, each around a point of its own (S. Worley, A
// Cellular Texture Basis Function, 1996).
struct Cell {
  float nearest = 0, second = 0;  // distances
  float dx = 0, dy = 0;           // from the centre of the nearest
  std::uint32_t id = 0;
};
Cell cell(float x, float y, std::uint32_t seed);

}  // namespace keepsake::demo

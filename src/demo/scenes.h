#pragma once
// Quiet places that are nowhere: each is painted from numbers alone, another seed being another such place.
#include <cstdint>

#include "demo/canvas.h"

namespace keepsake::demo {

enum class Scene {
  lake,     // fog over water in the morning
  sea,      // waves coming in under a clouded sky
  stones,   // pebbles in shallow water
  hills,    // ridge behind ridge at dusk
  path,     // a way through a wood in mist
  tree,     // one tree in snow
  night,    // stars over a hill and one lit window
  rain,     // drops on a window in the evening
  wall,     // the light of a window on a wall
  curtain,  // a curtain with the day behind it
  candle,
  blossom,  // a twig in spring
};

// `width` and `height` in pixels, some 300 or more each.
Canvas scene(Scene scene, std::uint32_t seed, int width, int height);

// Each by itself.
Canvas lake(std::uint32_t seed, int width, int height);
Canvas sea(std::uint32_t seed, int width, int height);
Canvas stones(std::uint32_t seed, int width, int height);
Canvas hills(std::uint32_t seed, int width, int height);
Canvas path(std::uint32_t seed, int width, int height);
Canvas lone_tree(std::uint32_t seed, int width, int height);
Canvas night(std::uint32_t seed, int width, int height);
Canvas rain(std::uint32_t seed, int width, int height);
Canvas wall(std::uint32_t seed, int width, int height);
Canvas curtain(std::uint32_t seed, int width, int height);
Canvas candle(std::uint32_t seed, int width, int height);
Canvas blossom(std::uint32_t seed, int width, int height);

}  // namespace keepsake::demo

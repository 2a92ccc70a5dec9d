#include <array>

#include "demo/noise.h"
#include "demo/scenes.h"

namespace keepsake::demo {
namespace {

// A shore seen across water.
struct Shore {
  float height;  // of its hills, of the picture's height
  float trees;   // of its trees
  float fog;     // how much of it the fog takes
  float begins;  // where along x it stands highest
  float reach;   // how far to both sides
};
constexpr std::array shores = {
    Shore{0.085f, 0.012f, 0.72f, 0.3f, 2.5f},
    Shore{0.075f, 0.022f, 0.46f, 1.5f, 0.75f},
    Shore{0.095f, 0.050f, 0.16f, -0.15f, 0.62f},
};
constexpr float lake_level = 0.50f;
constexpr Light fog_light{0.56f, 0.57f, 0.58f};

float top_of(const Shore& shore, float x, std::uint32_t seed) {
  const float rise = bell(x - shore.begins, shore.reach);
  const float hill = shore.height * (0.75f + 0.8f * clouds(x * 2.1f, 0, seed, 3));
  const float crowns = std::fabs(noise(x * 34, 0, seed + 5)) + 0.6f * std::fabs(noise(x * 91, 3, seed + 6));
  return lake_level - rise * (hill + shore.trees * crowns);
}

Light morning_sky(float x, float y, float sun) {
  const Light high{0.27f, 0.34f, 0.43f}, low{0.62f, 0.55f, 0.48f};
  const Light sky = mix(low, high, smooth(lake_level, -0.15f, y));
  const float near = std::hypot(x - sun, (y - 0.36f) * 1.3f);
  return sky + Light{1.0f, 0.82f, 0.58f} * (0.30f * bell(near, 0.42f) + 0.55f * bell(near, 0.07f));
}

Light above_the_lake(float x, float y, float sun, std::uint32_t seed) {
  Light light = morning_sky(x, y, sun);
  for (std::size_t at = 0; at < shores.size(); ++at) {
    const auto own = seed + 40 * static_cast<std::uint32_t>(at);
    const float inside = smooth(-0.0016f, 0.0016f, y - top_of(shores[at], x, own));
    const Light bark = Light{0.055f, 0.070f, 0.068f} * (1 + 0.5f * noise(x * 60, y * 160, own));
    const Light seen =
        mix(bark, fog_light, shores[at].fog + 0.35f * smooth(lake_level - 0.09f, lake_level, y));
    light = mix(light, seen, inside);
  }
  return light;
}

// How thick the fog lies over the water at this height.
float fog(float x, float y, std::uint32_t seed) {
  const float drift = clouds(x * 1.6f + 0.5f * clouds(x * 3, y * 9, seed), y * 8, seed + 3);
  return clamped(bell(y - lake_level + 0.012f, 0.055f) * (0.55f + 0.80f * drift));
}

Light on_the_lake(float x, float y, float sun, std::uint32_t seed) {
  const float depth = y - lake_level;
  const float far = 0.035f / (depth + 0.02f);
  const float ripple =
      noise(x * 5 * far + x * 7, 26 * far, seed + 9) + 0.5f * noise(x * 26, 90 * far, seed + 10);
  const float shaken = depth * 0.10f * ripple;
  const Light mirrored = above_the_lake(x + shaken * 0.35f, lake_level - depth * 0.92f - shaken, sun, seed);
  const Light water = mirrored * (0.80f - 0.35f * smooth(0, 0.5f, depth));
  return water + Light{0.02f, 0.03f, 0.035f} * (1 + ripple);
}

// A reed from its foot, bending to one side.
std::vector<Stroke> reeds(std::uint32_t seed) {
  std::vector<Stroke> strokes;
  for (int reed = 0; reed < 46; ++reed) {
    const float x = 1.02f + 0.5f * chance(reed, 0, seed) * chance(reed, 1, seed),
                foot = 0.93f + 0.1f * chance(reed, 2, seed);
    const float length = 0.12f + 0.24f * chance(reed, 3, seed),
                bend = 0.16f * (chance(reed, 4, seed) - 0.42f);
    for (int piece = 0; piece < 8; ++piece) {
      const float a = static_cast<float>(piece) / 8, b = a + 0.125f;
      strokes.push_back({x + bend * a * a, foot - length * a, x + bend * b * b, foot - length * b,
                         0.0038f * (1 - a) + 0.0008f, 0.0038f * (1 - b) + 0.0008f});
    }
  }
  return strokes;
}

void lay_over(Canvas& canvas, const Canvas& mask, Light colour, float strength) {
  for (std::size_t at = 0; at < canvas.lights().size(); ++at) {
    Light& light = canvas.lights()[at];
    light =
        mix(light, colour,
            strength * mask.at(static_cast<int>(at) % mask.width(), static_cast<int>(at) / mask.width()).red);
  }
}

constexpr float sea_level = 0.40f;

Light clouded_sky(float x, float y, std::uint32_t seed) {
  const float far = 0.22f / (sea_level - y + 0.07f);
  const float cover = clouds(x * far * 1.7f, far * 4.2f, seed, 6);
  const Light grey =
      mix(Light{0.46f, 0.49f, 0.53f}, Light{0.90f, 0.86f, 0.80f}, smooth(-0.35f, 0.55f, cover));
  return mix(grey, Light{0.93f, 0.84f, 0.72f}, 0.75f * smooth(0.16f, sea_level, y));
}

// The slope of the water towards the viewer.
float swell(float x, float far, std::uint32_t seed) {
  const float bent = far + 0.35f * noise(x * 0.8f, far * 0.9f, seed);
  return 0.55f * noise(x * far * 0.35f, bent * 3.1f, seed + 1) +
         0.45f * noise(x * far * 1.5f, bent * 9, seed + 2) + 0.35f * noise(x * far * 5, bent * 26, seed + 3);
}

Light open_water(float x, float y, std::uint32_t seed) {
  const float far = 0.32f / (y - sea_level + 0.012f);
  const float slope = swell(x, far, seed);
  const Light deep{0.10f, 0.17f, 0.19f};
  const float shine = clamped(0.36f + 0.55f * slope) * mix(1.0f, 0.55f, smooth(sea_level, 0.9f, y));
  const Light water =
      mix(deep, clouded_sky(x + 0.02f * slope, sea_level - 0.30f + 0.2f * slope, seed), shine);
  const float glint = smooth(0.42f, 0.8f, slope) * bell(x - 0.85f, 0.30f);
  return water + Light{0.8f, 0.7f, 0.55f} * (0.5f * glint);
}

// Foam runs in along a line that bends; what it leaves is wet sand.
Light beach(float x, float y, std::uint32_t seed) {
  const float edge = 0.80f + 0.035f * noise(x * 1.6f, 0, seed + 20) + 0.012f * noise(x * 6, 1, seed + 21);
  const float lace =
      clouds(x * 16, y * 34, seed + 22, 4) + 0.5f * (cell(x * 26, y * 60, seed + 23).nearest - 0.4f);
  const float foam = smooth(
      -0.16f, 0.24f, lace + 0.65f * bell(y - edge, 0.020f) - 0.42f + 0.25f * bell(y - edge + 0.05f, 0.03f));
  const Light sand = Light{0.40f, 0.35f, 0.29f} * (1 + 0.10f * noise(x * 300, y * 300, seed + 24) +
                                                   0.12f * clouds(x * 4, y * 14, seed + 25));
  const Light wet = mix(sand * 0.62f, clouded_sky(x, 0.25f, seed), 0.34f * smooth(edge + 0.14f, edge, y));
  Light light = mix(open_water(x, y, seed), wet, smooth(edge - 0.004f, edge + 0.006f, y));
  const float where = smooth(edge - 0.10f, edge - 0.01f, y) * (1 - smooth(edge, edge + 0.012f, y));
  light = mix(light, Light{0.86f, 0.87f, 0.86f}, foam * where);
  const float breaker = bell(y - 0.60f - 0.012f * noise(x * 2.2f, 5, seed + 27), 0.010f) *
                        smooth(-0.1f, 0.5f, noise(x * 1.7f, 9, seed + 28) + 0.4f * lace);
  return mix(light, Light{0.88f, 0.89f, 0.88f}, 0.85f * breaker);
}

Light pebble_colour(std::uint32_t id) {
  constexpr std::array colours = {Light{0.25f, 0.23f, 0.21f}, Light{0.36f, 0.32f, 0.27f},
                                  Light{0.19f, 0.20f, 0.21f}, Light{0.31f, 0.25f, 0.20f},
                                  Light{0.52f, 0.50f, 0.46f}, Light{0.23f, 0.25f, 0.24f}};
  const float shade = 0.75f + 0.5f * chance(static_cast<int>(id & 0xffff), 1, 7);
  return colours[id % colours.size()] * shade;
}

// A layer of stones, each round as water makes it, over what lies below.
struct Stones {
  float scale, share;
  std::uint32_t seed;
};

void lay(Light& light, float x, float y, const Stones& stones) {
  const Cell here = cell(x * stones.scale, y * stones.scale * 1.25f, stones.seed);
  const auto number = static_cast<int>(here.id & 0xffffff);
  if (chance(number, 0, stones.seed) > stones.share) return;
  const float turn = 6.28f * chance(number, 1, stones.seed),
              long_side = 0.34f + 0.13f * chance(number, 2, stones.seed);
  const float along = (here.dx * std::cos(turn) + here.dy * std::sin(turn)) / long_side;
  const float aside = (here.dy * std::cos(turn) - here.dx * std::sin(turn)) /
                      (long_side * (0.62f + 0.3f * chance(number, 3, stones.seed)));
  const float bent =
      0.10f * noise(along * 1.4f + static_cast<float>(number % 89), aside * 1.4f, stones.seed + 5);
  const float out =
      std::pow(std::pow(std::fabs(along), 2.4f) + std::pow(std::fabs(aside), 2.4f), 1 / 2.4f) + bent;
  light = light * mix(0.32f, 1.0f, smooth(0.98f, 1.28f, out));  // the shadow it lies in
  const float inside = smooth(1.02f, 0.97f, out);
  if (inside <= 0) return;
  const float height = std::sqrt(clamped(1 - out * out * 0.96f));
  const float lit = clamped(0.40f + 0.55f * height - 0.30f * (here.dx + here.dy * 1.4f) / long_side);
  const float speckle = clouds(x * 70, y * 70, stones.seed + here.id % 97, 4) +
                        0.5f * clouds(along * 2, aside * 5, stones.seed + here.id % 53, 3);
  light = mix(light, pebble_colour(here.id) * ((0.12f + 1.15f * lit) * (1 + 0.34f * speckle)), inside);
}

Light bed(float x, float y, std::uint32_t seed) {
  const float down = y * (1.35f - 0.30f * y);  // seen from above, and a little from the side
  Light light = Light{0.16f, 0.14f, 0.12f} * (1 + 0.4f * clouds(x * 60, y * 60, seed + 9, 4));
  for (const Stones& stones :
       {Stones{46, 0.9f, seed + 1}, Stones{27, 0.8f, seed + 101}, Stones{17, 0.75f, seed + 201},
        Stones{11, 0.62f, seed + 301}, Stones{6.5f, 0.34f, seed + 401}})
    lay(light, x, down, stones);
  return light;
}

}  // namespace

Canvas lake(std::uint32_t seed, int width, int height) {
  const float sun = 0.55f + 0.5f * chance(1, 1, seed);
  Canvas canvas = painted(width, height, [=](float x, float y) {
    const Light light = y < lake_level ? above_the_lake(x, y, sun, seed) : on_the_lake(x, y, sun, seed);
    return mix(light, fog_light + Light{0.06f, 0.03f, -0.01f} * bell(x - sun, 0.5f), fog(x, y, seed));
  });
  blur(canvas, static_cast<float>(height) / 900);
  lay_over(canvas, covered(width, height, reeds(seed)), {0.035f, 0.040f, 0.035f}, 0.88f);
  return canvas;
}

Canvas sea(std::uint32_t seed, int width, int height) {
  Canvas canvas = painted(width, height, [=](float x, float y) {
    if (y < sea_level) return clouded_sky(x, y, seed);
    const Light haze = clouded_sky(x, sea_level - 0.01f, seed);
    return mix(beach(x, y, seed), haze, 0.75f * bell(y - sea_level, 0.02f));
  });
  blur(canvas, static_cast<float>(height) / 800);
  return canvas;
}

Canvas stones(std::uint32_t seed, int width, int height) {
  Canvas canvas = painted(width, height, [=](float x, float y) {
    const float wave = clouds(x * 3, y * 5, seed + 30, 3);
    const float bent = 0.006f * noise(x * 7, y * 11, seed + 31);
    const float net = 1 - cell(x * 5 + wave, y * 7 + wave, seed + 32).nearest;
    const Light light = bed(x + bent, y + bent * 0.6f, seed) * Light{0.86f, 0.98f, 0.94f} *
                        (0.78f + 0.42f * smooth(0.62f, 1.0f, net));
    const float sky = smooth(0.05f, 0.75f, wave + 0.70f * (0.40f - y));
    return mix(light, Light{0.46f, 0.53f, 0.57f}, 0.55f * sky);
  });
  blur(canvas, static_cast<float>(height) / 900);
  return canvas;
}

}  // namespace keepsake::demo

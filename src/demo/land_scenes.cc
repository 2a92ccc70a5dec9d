#include <array>

#include "demo/noise.h"
#include "demo/scenes.h"

namespace keepsake::demo {
namespace {

// --- hills at dusk

constexpr int ridges = 6;

Light dusk(float x, float y, std::uint32_t seed) {
  const Light high{0.13f, 0.19f, 0.32f}, middle{0.52f, 0.42f, 0.46f}, low{0.98f, 0.62f, 0.38f};
  Light sky = mix(high, middle, smooth(-0.05f, 0.36f, y));
  sky = mix(sky, low, smooth(0.22f, 0.56f, y));
  const float veil = clouds(x * 1.3f + y, y * 11, seed + 70, 5);
  return sky + Light{0.30f, 0.16f, 0.11f} * smooth(0.06f, 0.62f, veil) * smooth(0.02f, 0.35f, y);
}

float ridge_top(int ridge, float x, std::uint32_t seed) {
  const float near = static_cast<float>(ridge) / (ridges - 1);
  const auto own = seed + 11 * static_cast<std::uint32_t>(ridge);
  const float rough = clouds(x * (1.1f + 0.5f * near) + 7 * near, near * 3, own, 6);
  const float wood = ridge == ridges - 1 ? 0.012f * std::fabs(noise(x * 70, 0, own + 3)) +
                                               0.008f * std::fabs(noise(x * 170, 2, own + 4))
                                         : 0;
  return 0.44f + 0.40f * near * near + 0.09f * near - (0.13f - 0.03f * near) * rough - wood;
}

Light over_hills(float x, float y, std::uint32_t seed) {
  Light light = dusk(x, y, seed);
  for (int ridge = 0; ridge < ridges; ++ridge) {
    const float near = static_cast<float>(ridge) / (ridges - 1);
    const float top = ridge_top(ridge, x, seed);
    const Light haze = mix(Light{0.62f, 0.43f, 0.38f}, Light{0.13f, 0.15f, 0.20f}, std::sqrt(near));
    const Light wood = Light{0.020f, 0.025f, 0.035f} * (1 + 0.6f * noise(x * 50, y * 80, seed + 5));
    const Light slope = mix(haze, wood, 0.15f + 0.78f * near);
    const Light misty = mix(slope, haze * 1.25f, (0.75f - 0.6f * near) * smooth(top, top + 0.16f, y));
    light = mix(light, misty, smooth(-0.0014f, 0.0014f, y - top));
  }
  const float moon = std::hypot(x - 1.12f, y - 0.17f);
  const float dark_side = std::hypot(x - 1.126f, y - 0.166f);
  return light +
         Light{1.0f, 0.93f, 0.82f} * (smooth(0.0175f, 0.0160f, moon) * smooth(0.0150f, 0.0172f, dark_side) +
                                      0.03f * bell(moon, 0.08f));
}

// --- a way through a wood

struct Trunk {
  float x, far, width, lean;
  std::uint32_t seed;
};

constexpr float eyes = 0.47f;  // the height of the horizon

std::vector<Trunk> wood(std::uint32_t seed) {
  std::vector<Trunk> trunks;
  for (int at = 0; at < 110; ++at) {
    const float far = 9.0f - 8.1f * static_cast<float>(at) / 110;  // from far to near
    const float side = chance(at, 0, seed) < 0.5f ? -1.0f : 1.0f;
    const float aside = side * (0.42f + 3.6f * chance(at, 1, seed));
    trunks.push_back({aside, far, 0.055f + 0.07f * chance(at, 2, seed), 0.05f * (chance(at, 3, seed) - 0.5f),
                      seed + static_cast<std::uint32_t>(at)});
  }
  return trunks;
}

constexpr Light mist{0.58f, 0.61f, 0.59f};
constexpr float middle = 0.75f;  // where the way vanishes

float way(float far) {
  return 0.22f * std::sin(far * 0.55f) * (far / 9);
}

Light forest_floor(float x, float y, std::uint32_t seed) {
  const float far = 0.30f / (y - eyes + 0.02f);
  const float across = (x - middle) * far - way(far) * far * 0.22f;
  const float leaves = clouds(across * 22, far * 22, seed + 1, 6);
  const Light litter =
      mix(Light{0.075f, 0.070f, 0.045f}, Light{0.24f, 0.175f, 0.10f}, smooth(-0.45f, 0.55f, leaves));
  const float blades = clouds(across * 46, far * 30, seed + 2, 4);
  const Light grass =
      mix(Light{0.045f, 0.060f, 0.028f}, Light{0.15f, 0.18f, 0.085f}, smooth(-0.4f, 0.5f, blades));
  const Light earth = Light{0.27f, 0.235f, 0.19f} * (1 + 0.40f * clouds(across * 30, far * 30, seed + 3, 5));
  const float edge = std::fabs(across) + 0.05f * clouds(across * 9, far * 9, seed + 4, 4);
  const float green = clouds(across * 3, far * 3, seed + 6, 4) + 0.9f * bell(edge - 0.24f, 0.09f);
  const Light ground =
      mix(mix(litter, grass, smooth(0.0f, 0.5f, green)), earth, smooth(0.215f, 0.150f, edge));
  return mix(ground, mist, smooth(0.5f, 6.0f, far));
}

// Leaves between two rows of trees, the finer the further they are.
Light canopy(Light light, float x, float y, float far, std::uint32_t seed) {
  const float size = 5 + 3.5f * far;
  const float twigs =
      clouds(x * size, y * size * 1.2f, seed + 50, 6) + 0.5f * clouds(x * 1.7f + far, y * 1.7f, seed + 51, 3);
  const float thick = smooth(0.0f, 0.55f, twigs + 0.45f - 1.55f * y - 0.03f * far);
  const Light green = mix(Light{0.045f, 0.058f, 0.028f}, mist, smooth(0.0f, 6.5f, far) * 0.93f);
  return mix(light, green, 0.85f * thick);
}

Light between_trees(float x, float y, const std::vector<Trunk>& trunks, std::uint32_t seed) {
  Light light = mix(Light{0.88f, 0.86f, 0.79f}, mist, smooth(0.0f, 0.55f, std::hypot(x - middle, y - 0.36f)));
  if (y > eyes) light = mix(light, forest_floor(x, y, seed), smooth(eyes, eyes + 0.015f, y));
  int leaves = 0;
  for (const Trunk& trunk : trunks) {
    if (++leaves % 22 == 0 && y < 0.6f) light = canopy(light, x, y, trunk.far, trunk.seed);
    const float foot = eyes - 0.02f + 0.30f / trunk.far;
    if (y > foot + 0.004f || std::fabs(x - middle - trunk.x / trunk.far) > 0.11f / trunk.far + 0.06f)
      continue;
    const float half = trunk.width / trunk.far * (0.36f + 0.16f * smooth(foot - 0.10f / trunk.far, foot, y));
    const float centre = middle + trunk.x / trunk.far + trunk.lean * (foot - y) +
                         0.010f * noise(y * 5, 0, trunk.seed) / trunk.far;
    const float inside = smooth(half + 0.0012f, half - 0.0012f, std::fabs(x - centre)) *
                         smooth(foot + 0.004f, foot - 0.004f, y);
    if (inside > 0) {
      const float round = (x - centre) / half;
      const float bark = 1 + 0.5f * noise(round * 5, y * 26 * trunk.far, trunk.seed) +
                         0.3f * noise(round * 14, y * 60, trunk.seed + 1);
      const Light wood_light =
          Light{0.075f, 0.065f, 0.052f} * bark * (0.7f + 0.5f * (x < middle ? round : -round));
      light = mix(light, mix(wood_light, mist, smooth(0.6f, 8.5f, trunk.far) * 0.92f), inside);
    }
  }
  return light;
}

// --- one tree in snow

void grow(std::vector<Stroke>& strokes, float x, float y, float angle, float length, float width, int left,
          std::uint32_t seed) {
  if (left == 0 || length < 0.004f) return;
  const int at = static_cast<int>(strokes.size());
  constexpr int pieces = 4;
  for (int piece = 0; piece < pieces; ++piece) {
    angle += 0.22f * (chance(at, piece, seed) - 0.5f);
    const float to_x = x + std::sin(angle) * length / pieces, to_y = y - std::cos(angle) * length / pieces;
    const float to_width = width * 0.93f;
    strokes.push_back({x, y, to_x, to_y, width, to_width});
    x = to_x, y = to_y, width = to_width;
    if (piece > 0 && chance(at, piece + 10, seed) < 0.55f) {
      const float side = chance(at, piece + 20, seed) < 0.5f ? -1.0f : 1.0f;
      grow(strokes, x, y, angle + side * (0.45f + 0.5f * chance(at, piece + 30, seed)),
           length * (0.45f + 0.25f * chance(at, piece + 40, seed)), width * 0.55f, left - 1, seed);
    }
  }
  for (const float side : {-1.0f, 1.0f})
    grow(strokes, x, y, angle + side * (0.18f + 0.35f * chance(at, side < 0 ? 50 : 51, seed)),
         length * (0.70f + 0.16f * chance(at, side < 0 ? 60 : 61, seed)), width * 0.68f, left - 1, seed);
}

float snow_line(float x, std::uint32_t seed) {
  return 0.70f - 0.07f * bell(x - 0.62f, 0.55f) + 0.02f * noise(x * 1.7f, 0, seed);
}

Light snow_field(float x, float y, std::uint32_t seed) {
  const Light sky = mix(Light{0.60f, 0.62f, 0.65f}, Light{0.40f, 0.44f, 0.50f}, smooth(0.7f, 0.0f, y)) *
                    (1 + 0.06f * clouds(x * 1.5f, y * 3, seed, 4));
  const float far_wood = snow_line(x, seed) - 0.030f - 0.016f * clouds(x * 9, 0, seed + 8, 5);
  const Light behind = mix(sky, Light{0.27f, 0.30f, 0.34f},
                           0.65f * smooth(-0.004f, 0.004f, y - far_wood) *
                               smooth(0.1f, -0.6f, noise(x * 1.3f, 4, seed + 9) - 0.2f));
  const float drift = clouds(x * 2.5f + y * 3, y * 9, seed + 2, 5);
  const Light snow = mix(Light{0.70f, 0.72f, 0.75f}, Light{0.47f, 0.53f, 0.61f},
                         smooth(-0.25f, 0.55f, drift) * smooth(0.66f, 0.95f, y));
  return mix(behind, snow, smooth(-0.006f, 0.006f, y - snow_line(x, seed)));
}

std::vector<Stroke> fence(std::uint32_t seed) {
  std::vector<Stroke> strokes;
  for (int post = 0; post < 9; ++post) {
    const float near = 0.35f + 0.09f * static_cast<float>(post);
    const float x = 0.86f + 0.085f * static_cast<float>(post) * (0.7f + near * 0.5f),
                y = snow_line(x, seed) + 0.03f * near + 0.012f * static_cast<float>(post);
    strokes.push_back({x, y, x + 0.006f * (chance(post, 3, seed) - 0.5f), y - 0.055f * (0.5f + near),
                       0.0065f * near + 0.001f, 0.006f * near});
  }
  return strokes;
}

// --- night

Light starlit(float x, float y, std::uint32_t seed) {
  Light sky = mix(Light{0.010f, 0.014f, 0.030f}, Light{0.060f, 0.075f, 0.110f}, smooth(0.0f, 0.72f, y));
  const float along = (x - 0.2f) * 0.82f + (y - 0.5f) * 0.57f,
              across = (x - 0.75f) * 0.57f - (y - 0.30f) * 0.82f;
  const float band = bell(across, 0.17f) * (0.55f + clouds(along * 4, across * 7, seed + 3, 6));
  sky = sky + Light{0.055f, 0.055f, 0.070f} * clamped(band) +
        Light{-0.02f, -0.02f, -0.02f} *
            clamped(bell(across, 0.05f) * clouds(along * 9, across * 14, seed + 4, 5));
  for (const float size : {34.0f, 75.0f, 150.0f}) {
    const Cell star = cell(x * size, y * size, seed + static_cast<std::uint32_t>(size));
    const float bright = chance(static_cast<int>(star.id & 0xffff), 0, seed);
    const float strength = std::pow(bright, size < 50 ? 26.0f : 12.0f) * (size < 50    ? 2.2f
                                                                          : size < 100 ? 0.55f
                                                                                       : 0.16f);
    const float warm = chance(static_cast<int>(star.id & 0xffff), 1, seed);
    sky = sky + mix(Light{0.75f, 0.85f, 1.0f}, Light{1.0f, 0.86f, 0.70f}, warm) *
                    (strength * bell(star.nearest, 0.0013f * size + 0.004f));
  }
  return sky;
}

float night_hill(float x, std::uint32_t seed) {
  return 0.76f - 0.10f * bell(x - 1.05f, 0.5f) + 0.05f * clouds(x * 1.5f, 0, seed + 6, 5) -
         0.010f * std::fabs(noise(x * 60, 0, seed + 7));
}

}  // namespace

Canvas hills(std::uint32_t seed, int width, int height) {
  Canvas canvas = painted(width, height, [=](float x, float y) { return over_hills(x, y, seed); });
  blur(canvas, static_cast<float>(height) / 900);
  return canvas;
}

Canvas path(std::uint32_t seed, int width, int height) {
  const std::vector<Trunk> trunks = wood(seed);
  Canvas canvas = painted(width, height, [&](float x, float y) { return between_trees(x, y, trunks, seed); });
  blur(canvas, static_cast<float>(height) / 900);
  return canvas;
}

Canvas lone_tree(std::uint32_t seed, int width, int height) {
  std::vector<Stroke> strokes;
  const float foot = snow_line(0.60f, seed) + 0.030f;
  grow(strokes, 0.60f, foot, 0.03f, 0.155f, 0.022f, 7, seed);
  Canvas tree = covered(width, height, strokes), posts = covered(width, height, fence(seed));
  Canvas canvas = painted(width, height, [=](float x, float y) { return snow_field(x, y, seed); });
  blur(canvas, static_cast<float>(height) / 600);
  for (std::size_t at = 0; at < canvas.lights().size(); ++at) {
    Light& light = canvas.lights()[at];
    const std::size_t line = at / static_cast<std::size_t>(width);
    const float row = static_cast<float>(line) / static_cast<float>(height);
    const float above = smooth(foot - 0.006f, foot - 0.014f, row);  // the snow it stands in
    light = mix(light, Light{0.055f, 0.050f, 0.052f}, 0.92f * above * tree.lights()[at].red);
    light = mix(light, Light{0.16f, 0.15f, 0.145f}, 0.85f * posts.lights()[at].red);
  }
  return canvas;
}

Canvas night(std::uint32_t seed, int width, int height) {
  Canvas canvas = painted(width, height, [=](float x, float y) {
    const float top = night_hill(x, seed);
    const Light hill = Light{0.010f, 0.012f, 0.016f} * (1 + 0.15f * noise(x * 30, y * 60, seed + 9));
    Light light = mix(starlit(x, y, seed), hill, smooth(-0.0015f, 0.0015f, y - top));
    const float dx = x - 0.93f, dy = y - night_hill(0.93f, seed) - 0.062f;
    const float pane = smooth(0.0085f, 0.0070f, std::fabs(dx)) * smooth(0.0105f, 0.0090f, std::fabs(dy)) *
                       smooth(0.0004f, 0.0010f, std::fabs(dx));
    light = light + Light{1.5f, 0.86f, 0.36f} * pane;
    return light + Light{0.30f, 0.15f, 0.05f} * (0.35f * bell(std::hypot(dx, dy), 0.035f) +
                                                 0.10f * bell(std::hypot(dx, (dy - 0.05f) * 2), 0.11f));
  });
  return canvas;
}

}  // namespace keepsake::demo

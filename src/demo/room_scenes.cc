#include <array>
#include <optional>

#include "demo/noise.h"
#include "demo/scenes.h"

namespace keepsake::demo {
namespace {

// --- rain on a window

struct Lamp {
  float x, y, radius;
  Light light;
};

std::vector<Lamp> lamps(std::uint32_t seed) {
  constexpr std::array colours = {Light{1.0f, 0.62f, 0.25f}, Light{1.0f, 0.75f, 0.45f},
                                  Light{0.55f, 0.75f, 1.0f}, Light{1.0f, 0.42f, 0.22f}};
  std::vector<Lamp> found;
  for (int at = 0; at < 24; ++at) {
    const auto colour = static_cast<std::size_t>(chance(at, 3, seed) * 3.999f);
    const float y = 0.42f + 0.34f * chance(at, 1, seed) * chance(at, 4, seed);
    found.push_back({1.6f * chance(at, 0, seed) - 0.05f, y, 0.022f + 0.030f * chance(at, 2, seed),
                     colours[colour] * (0.12f + 0.5f * chance(at, 5, seed))});
  }
  return found;
}

// The street outside, out of focus: every lamp is a disc.
Light outside(float x, float y, const std::vector<Lamp>& found, std::uint32_t seed) {
  Light light = mix(Light{0.115f, 0.165f, 0.235f}, Light{0.030f, 0.036f, 0.044f},
                    smooth(0.05f, 0.62f, y + 0.10f * noise(x * 2, 0, seed)));
  light = light * (1 + 0.25f * clouds(x * 1.5f, y * 2.5f, seed + 1, 3));
  light = light + Light{0.10f, 0.075f, 0.05f} * bell(y - 0.78f, 0.16f);
  for (const Lamp& lamp : found) {
    const float far = std::hypot(x - lamp.x, y - lamp.y) / lamp.radius;
    light = light +
            lamp.light * (smooth(1.06f, 0.94f, far) * (0.55f + 0.25f * far * far) + 0.06f * bell(far, 2.2f));
  }
  return light;
}

// A drop on the glass, seen from its middle in units of its radius.
struct Drop {
  float dx, dy, radius;
};

// `loose`: how far drops stray from the middle of their cell; the smaller they are the further they may.
std::optional<Drop> drop_at(float x, float y, float scale, float share, float loose, std::uint32_t seed) {
  const int column = static_cast<int>(std::floor(x * scale)), row = static_cast<int>(std::floor(y * scale));
  if (chance(column, row, seed) > share) return std::nullopt;
  const float most = 0.47f - loose;
  const float size = most * (0.35f + 0.65f * chance(column, row, seed + 1) * chance(column, row, seed + 5));
  const auto centre = [&](int at, std::uint32_t which) {
    return static_cast<float>(at) + 0.5f + 2 * loose * (chance(column, row, seed + which) - 0.5f);
  };
  const float radius = size / scale;
  const float dx = x - centre(column, 2) / scale, dy = (y - centre(row, 3) / scale) * 0.92f;
  const float bent = 0.30f * noise(x * scale * 2.2f, y * scale * 2.2f, seed + 4);
  if (dx * dx + dy * dy > radius * radius * (0.80f + bent)) return std::nullopt;
  return Drop{dx / radius, dy / radius, radius};
}

// A drop shows what is outside upside down, dark at its upper rim and bright at its lower one.
Light through(const Drop& drop, float x, float y, const std::vector<Lamp>& found, std::uint32_t seed) {
  const float out = drop.dx * drop.dx + drop.dy * drop.dy;
  const Light seen = outside(x - drop.dx * 0.30f, y - drop.dy * 0.38f, found, seed);
  const float rim = 1 - 0.75f * smooth(0.35f, 1.0f, out) * smooth(0.5f, -0.6f, drop.dy);
  const float shine = bell(std::hypot(drop.dx + 0.28f, drop.dy + 0.38f), 0.20f);
  return seen * (1.25f * rim) +
         Light{0.75f, 0.80f, 0.85f} *
             (0.28f * shine + 0.10f * smooth(0.5f, 1.0f, out) * smooth(0.1f, 0.9f, drop.dy));
}

// Where a drop has run down, the glass is clear and wet.
float run(float x, float y, std::uint32_t seed) {
  float clear = 0;
  for (int at = 0; at < 9; ++at) {
    const float begin = chance(at, 0, seed) * 0.7f - 0.2f, end = begin + 0.25f + 0.5f * chance(at, 2, seed);
    const float centre = 1.55f * chance(at, 1, seed) +
                         0.012f * noise(y * 7, static_cast<float>(at), seed + 3) +
                         0.003f * noise(y * 31, static_cast<float>(at), seed + 4);
    const float width = 0.0035f + 0.004f * smooth(begin, end, y);
    clear = std::max(clear, smooth(width, width * 0.5f, std::fabs(x - centre)) *
                                smooth(begin, begin + 0.05f, y) * smooth(end + 0.006f, end, y));
  }
  return clear;
}

Light pane(float x, float y, const std::vector<Lamp>& found, std::uint32_t seed) {
  struct Layer {
    float scale, share, loose, turn;
  };
  constexpr std::array layers = {Layer{7, 0.40f, 0.10f, 0.1f}, Layer{15, 0.45f, 0.18f, 0.7f},
                                 Layer{31, 0.55f, 0.25f, 1.2f}, Layer{58, 0.60f, 0.30f, 0.4f},
                                 Layer{83, 0.55f, 0.30f, 0.9f}};
  for (std::size_t at = 0; at < layers.size(); ++at) {
    const Layer& layer = layers[at];
    const float across = x * std::cos(layer.turn) - y * std::sin(layer.turn),
                down = x * std::sin(layer.turn) + y * std::cos(layer.turn);
    if (auto drop = drop_at(across, down, layer.scale, layer.share, layer.loose,
                            seed + 100 + 7 * static_cast<std::uint32_t>(at))) {
      const float dx = drop->dx * std::cos(layer.turn) + drop->dy * std::sin(layer.turn);
      const float dy = drop->dy * std::cos(layer.turn) - drop->dx * std::sin(layer.turn);
      return through({dx, dy, drop->radius}, x, y, found, seed);
    }
  }
  const Light misted = outside(x, y, found, seed) * 0.86f +
                       Light{0.030f, 0.034f, 0.038f} * (1 + 0.2f * noise(x * 90, y * 90, seed + 60));
  return mix(misted, outside(x + 0.02f, y - 0.04f, found, seed) * 1.15f, run(x, y, seed + 80));
}

// --- the light of a window on a wall

// How much of the light comes through at a point of the window: panes of two by three, with soft edges.
float through_panes(float u, float v, float soft) {
  const auto inside = [&](float value, float from, float to) {
    return smooth(from - soft, from + soft, value) * smooth(to + soft, to - soft, value);
  };
  const float columns = inside(u, 0.03f, 0.46f) + inside(u, 0.54f, 0.97f);
  const float rows = inside(v, 0.02f, 0.30f) + inside(v, 0.36f, 0.64f) + inside(v, 0.70f, 0.98f);
  return columns * rows;
}

float leaf_shadow(float u, float v, std::uint32_t seed) {
  const float bent = clouds(u * 2, v * 2, seed + 3, 3) * 0.25f;
  const float leaves = clouds(u * 3.4f + bent, v * 3.0f - bent, seed + 4, 4);
  return smooth(0.02f, 0.26f, leaves + 0.30f * (0.95f - u) - 0.10f);
}

Light plaster(float x, float y, std::uint32_t seed) {
  const float bump = clouds(x * 11, y * 11, seed + 10, 5) + 0.4f * noise(x * 160, y * 160, seed + 11);
  const float stroke = noise(x * 4 + 2 * noise(x, y * 2, seed + 12), y * 26, seed + 13);
  return Light{0.66f, 0.60f, 0.53f} * (1 + 0.045f * bump + 0.020f * stroke);
}

constexpr float floor_line = 0.86f;

Light boards(float x, float y, std::uint32_t seed) {
  const float far = 0.25f / (y - 0.62f), across = (x - 0.75f) * far * 3.2f;
  const float board = std::floor(across * 1.4f), within = across * 1.4f - board;
  const float grain =
      clouds(across * 7, far * 1.2f, seed + 31 + static_cast<std::uint32_t>(static_cast<int>(board) + 50), 5);
  const float seam = smooth(0.02f, 0.05f, within) * smooth(0.99f, 0.96f, within);
  return Light{0.20f, 0.125f, 0.075f} * ((0.85f + 0.3f * chance(static_cast<int>(board), 0, seed)) *
                                         (1 + 0.35f * grain) * (0.35f + 0.65f * seam));
}

Light lit_wall(float x, float y, std::uint32_t seed) {
  const float lean = 0.16f + 0.10f * chance(1, 1, seed), left = 0.36f + 0.22f * chance(2, 1, seed);
  const float v = (y - 0.13f - 0.10f * (x - left)) / 0.60f, u = (x - left - lean * (1 - v)) / 0.50f;
  const float soft = 0.014f + 0.020f * clamped(u);
  const float open = through_panes(u, v, soft) * (1 - 0.80f * leaf_shadow(u, v, seed));
  const Light shade = Light{0.200f, 0.195f, 0.195f} * (1.15f - 0.35f * y - 0.18f * std::fabs(x - 0.8f));
  const Light sun = Light{1.28f, 1.03f, 0.74f} * open;
  const Light bounce = Light{0.10f, 0.075f, 0.05f} * bell(std::hypot(u - 0.5f, v - 0.6f), 1.1f);
  const Light light = shade + sun + bounce;
  if (y < floor_line - 0.055f) return plaster(x, y, seed) * light;
  if (y < floor_line) {
    const float edge = y - floor_line + 0.055f;
    return Light{0.70f, 0.69f, 0.66f} * (shade * (0.75f + 0.35f * bell(edge, 0.008f)) + bounce);
  }
  return boards(x, y, seed) * (shade * 1.2f + bounce * 2.2f) +
         Light{0.05f, 0.04f, 0.03f} * bell(x - left - 0.4f, 0.35f) * smooth(1.0f, floor_line, y);
}

// --- a curtain with the day behind it

float fold(float x, float y, std::uint32_t seed) {
  const float sway = 0.012f * noise(x * 2.5f, y * 1.1f, seed) + 0.03f * y * noise(x * 3.2f, 3, seed + 1);
  const float at = (x + sway) * 34 + 2.6f * noise(x * 3.1f, 0, seed + 2);
  const float wide = std::sin(at), narrow = std::sin(at * 1.83f + 1.9f * noise(x * 2, y * 0.6f, seed + 3));
  return 0.58f * wide + 0.42f * narrow;
}

// Cloth shows how it turns to the light, and lets the more through the thinner it lies.
Light curtain_light(float x, float y, std::uint32_t seed) {
  const float here = fold(x, y, seed), slope = (fold(x + 0.002f, y, seed) - here) / 0.002f / 34;
  const float shift = 0.010f * here;
  const auto within = [](float value, float from, float to, float soft) {
    return smooth(from - soft, from + soft, value) * smooth(to + soft, to - soft, value);
  };
  const float behind = within(x + shift, 0.20f, 1.30f, 0.07f) * within(y + shift, 0.06f, 0.90f, 0.06f);
  const float bars = 1 - 0.55f * bell(x - 0.75f + shift, 0.022f) - 0.45f * bell(y - 0.44f + shift, 0.018f);
  const float weave = 1 + 0.06f * noise(x * 420, y * 40, seed + 5) + 0.06f * noise(x * 40, y * 420, seed + 6);
  const float thin = 0.30f + 0.70f * smooth(-1.0f, 1.0f, here + 0.55f * slope);
  const Light day =
      mix(Light{0.66f, 0.60f, 0.51f}, Light{0.46f, 0.50f, 0.54f}, smooth(0.1f, 0.95f, y + 0.2f * x));
  const Light room = Light{0.105f, 0.100f, 0.098f} * (0.50f + 0.32f * slope + 0.25f * here);
  return (day * (behind * bars * thin) + room) * weave;
}

// --- a candle

struct Flame {
  float body, core, blue;
};

Flame flame(float x, float y) {
  const float up = (0.500f - y) / 0.135f;
  const float half = 0.0165f * std::sqrt(clamped(up * 3.2f)) * std::pow(clamped(1 - up), 0.62f) * 1.55f;
  const float side = std::fabs(x) / std::max(half, 0.0006f);
  const float inside = up > 0 && up < 1 ? smooth(1.15f, 0.55f, side) : 0.0f;
  return {inside, inside * bell(up - 0.42f, 0.34f) * smooth(1.0f, 0.2f, side),
          inside * bell(up - 0.06f, 0.10f)};
}

Light candle_light(float x, float y, float at, std::uint32_t seed) {
  const float dx = x - at, dy = y - 0.43f, far = std::hypot(dx, dy);
  const float wall_rough =
      1 + 0.10f * clouds(x * 6, y * 6, seed, 5) + 0.03f * noise(x * 120, y * 120, seed + 1);
  Light light =
      Light{0.30f, 0.145f, 0.055f} * (wall_rough * (0.50f * bell(far, 0.42f) + 0.10f * bell(far, 0.95f))) +
      Light{0.006f, 0.007f, 0.010f};
  if (y > 0.80f) {
    const float grain = clouds(x * 3, y * 60, seed + 4, 5);
    const Light wood = Light{0.17f, 0.085f, 0.040f} * (1 + 0.45f * grain);
    const float shine = bell(dx, 0.10f) * bell(y - 0.86f, 0.05f);
    light = mix(light,
                wood * (0.75f * bell(std::hypot(dx, (y - 0.83f) * 1.4f), 0.52f) + 0.04f) +
                    Light{0.42f, 0.20f, 0.07f} * (0.35f * shine),
                smooth(0.800f, 0.806f, y));
  }
  const float round = dx / 0.052f;
  if (std::fabs(round) < 1.05f && y > 0.52f) {
    const float rim =
        0.530f + 0.006f * std::sqrt(clamped(1 - round * round)) + 0.004f * noise(x * 40, 0, seed + 6);
    const float within = smooth(1.03f, 0.97f, std::fabs(round)) * smooth(rim - 0.002f, rim + 0.002f, y) *
                         smooth(0.832f, 0.828f, y - 0.010f * (1 - round * round));
    const float deep = (y - rim) / 0.30f;
    const Light wax = mix(Light{1.15f, 0.62f, 0.27f}, Light{0.16f, 0.085f, 0.045f},
                          smooth(-0.05f, 0.75f, deep + 0.10f * round * round));
    light = mix(light, wax * (1 - 0.35f * round * round + 0.05f * noise(x * 30, y * 9, seed + 7)), within);
  }
  const float wick = smooth(0.0026f, 0.0016f, std::fabs(dx - 0.002f * noise(y * 60, 0, seed))) *
                     smooth(0.484f, 0.488f, y) * smooth(0.536f, 0.532f, y);
  light = mix(light, Light{0.03f, 0.02f, 0.015f}, 0.9f * wick);
  const Flame burning = flame(dx + 0.004f * (0.5f - y) * 10 * noise(3, 1, seed), y);
  light =
      light + Light{1.5f, 0.80f, 0.24f} * (1.3f * burning.body) + Light{1.7f, 1.45f, 0.95f} * burning.core;
  return light + Light{-0.9f, -0.35f, 0.25f} * (0.8f * burning.blue) +
         Light{0.34f, 0.17f, 0.06f} * bell(far, 0.075f);
}

}  // namespace

Canvas rain(std::uint32_t seed, int width, int height) {
  const std::vector<Lamp> found = lamps(seed);
  Canvas canvas = painted(width, height, [&](float x, float y) {
    const float bar = 0.40f + 0.12f * chance(9, 9, seed);
    const float frame = std::max({smooth(0.034f, 0.020f, std::fabs(x - bar)), smooth(0.885f, 0.905f, y)});
    const Light wood = Light{0.028f, 0.025f, 0.024f} * (1 + 0.3f * noise(x * 5, y * 90, seed + 70)) +
                       Light{0.030f, 0.034f, 0.040f} * bell(y - 0.91f, 0.012f);
    return mix(pane(x, y, found, seed), wood, frame);
  });
  blur(canvas, static_cast<float>(height) / 900);
  return canvas;
}

Canvas wall(std::uint32_t seed, int width, int height) {
  Canvas canvas = painted(width, height, [=](float x, float y) { return lit_wall(x, y, seed); });
  blur(canvas, static_cast<float>(height) / 900);
  return canvas;
}

Canvas curtain(std::uint32_t seed, int width, int height) {
  Canvas canvas = painted(width, height, [=](float x, float y) { return curtain_light(x, y, seed); });
  blur(canvas, static_cast<float>(height) / 700);
  return canvas;
}

Canvas candle(std::uint32_t seed, int width, int height) {
  const float at = 0.62f + 0.25f * chance(1, 2, seed);
  return painted(width, height, [=](float x, float y) { return candle_light(x, y, at, seed); });
}

}  // namespace keepsake::demo

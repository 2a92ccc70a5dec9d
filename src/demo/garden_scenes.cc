#include "demo/noise.h"
#include "demo/scenes.h"

namespace keepsake::demo {
namespace {

// A flower of five petals, seen more or less from the side.
struct Flower {
  float x, y, size, turn, squeeze;
  std::uint32_t seed;
  bool open;
};

std::vector<Stroke> twig(std::uint32_t seed, std::vector<Flower>& flowers) {
  std::vector<Stroke> strokes;
  float x = -0.05f, y = 0.72f, angle = -0.34f;
  for (int piece = 0; piece < 26; ++piece) {
    angle += 0.16f * (chance(piece, 0, seed) - 0.48f);
    const float to_x = x + 0.052f * std::cos(angle), to_y = y + 0.052f * std::sin(angle);
    const float width = 0.017f * (1 - static_cast<float>(piece) / 30) + 0.002f;
    strokes.push_back({x, y, to_x, to_y, width, width * 0.97f});
    x = to_x, y = to_y;
    if (piece < 2 || chance(piece, 1, seed) < 0.12f) continue;
    const float side = chance(piece, 2, seed) < 0.5f ? -1.0f : 1.0f;
    const float off = angle + side * (0.7f + 0.5f * chance(piece, 3, seed)),
                length = 0.045f + 0.06f * chance(piece, 4, seed);
    const float tip_x = x + length * std::cos(off), tip_y = y + length * std::sin(off);
    strokes.push_back({x, y, tip_x, tip_y, width * 0.42f, 0.0022f});
    for (int one = 0; one < 1 + static_cast<int>(2.4f * chance(piece, 9, seed)); ++one) {
      const int number = piece * 4 + one;
      const auto own = [&](int which) { return chance(number, which, seed + 1); };
      flowers.push_back({tip_x + 0.07f * (own(0) - 0.5f), tip_y + 0.07f * (own(1) - 0.5f),
                         0.062f + 0.030f * own(2), 6.28f * own(3), 0.60f + 0.40f * own(4),
                         seed + 31 * static_cast<std::uint32_t>(number), own(5) > 0.14f});
    }
  }
  return strokes;
}

Light garden(float x, float y, std::uint32_t seed) {
  const float leaves = clouds(x * 1.3f, y * 1.5f, seed, 4);
  Light light = mix(Light{0.045f, 0.065f, 0.040f}, Light{0.19f, 0.22f, 0.14f}, smooth(-0.4f, 0.5f, leaves));
  light =
      mix(light, Light{0.40f, 0.45f, 0.46f}, smooth(0.45f, -0.15f, y + 0.15f * noise(x * 1.2f, 2, seed + 1)));
  for (int at = 0; at < 26; ++at) {
    const float radius = 0.025f + 0.035f * chance(at, 2, seed + 3);
    const float far = std::hypot(x - 1.6f * chance(at, 0, seed + 3), y - chance(at, 1, seed + 3)) / radius;
    light = light + Light{0.34f, 0.36f, 0.24f} *
                        (0.45f * chance(at, 3, seed + 3) * smooth(1.15f, 0.85f, far) * (0.7f + 0.3f * far));
  }
  return light;
}

// Petals overlap: the light of the nearest one at this point, and how much it covers.
void lay_flower(Light& light, const Flower& flower, float x, float y) {
  const float dx = (x - flower.x) / flower.size, dy = (y - flower.y) / (flower.size * flower.squeeze);
  const float far = std::hypot(dx, dy);
  if (far > 1.25f) return;
  if (!flower.open) {
    const float bud = smooth(0.55f, 0.45f, far);
    light = mix(light,
                mix(Light{0.62f, 0.30f, 0.34f}, Light{0.40f, 0.15f, 0.20f}, far * 1.6f) * (0.9f - 0.5f * dy),
                bud);
    return;
  }
  const float angle = std::atan2(dy, dx) + flower.turn + 0.10f * noise(far * 4, 0, flower.seed);
  const float petal = std::floor(angle / 1.2566371f),
              within = std::fabs(angle / 1.2566371f - petal - 0.5f) * 2;
  const float own = chance(static_cast<int>(petal) % 5, 0, flower.seed);
  const float edge =
      (0.86f + 0.16f * own) * std::sqrt(clamped(1 - 0.72f * within * within)) - 0.05f * bell(within, 0.14f);
  const float inside = smooth(edge + 0.025f, edge - 0.025f, far);
  const float vein = 0.05f * noise(angle * 14, far * 3, flower.seed + 2);
  const float shade = 0.80f + 0.20f * own - 0.22f * within * within - 0.14f * dy + vein;
  Light colour =
      mix(Light{0.80f, 0.70f, 0.71f}, Light{0.66f, 0.33f, 0.40f}, smooth(0.55f, 0.05f, far)) * shade;
  const float stamen =
      smooth(0.30f, 0.9f, noise(angle * 9, 0, flower.seed + 4) + 0.4f) * bell(far - 0.30f, 0.09f);
  colour = mix(colour, Light{0.93f, 0.75f, 0.30f}, stamen);
  colour = mix(colour, Light{0.45f, 0.42f, 0.16f}, 0.8f * smooth(0.12f, 0.05f, far));
  light = mix(light, colour, inside);
}

}  // namespace

Canvas blossom(std::uint32_t seed, int width, int height) {
  std::vector<Flower> flowers;
  const std::vector<Stroke> strokes = twig(seed, flowers);
  Canvas canvas = painted(width, height, [=](float x, float y) { return garden(x, y, seed); });
  blur(canvas, static_cast<float>(height) / 60);
  const Canvas wood = covered(width, height, strokes);
  const auto background = [&](float x, float y) {
    const auto pixel = [&](float place, int size) {
      return std::clamp(static_cast<int>(place * static_cast<float>(height)), 0, size - 1);
    };
    const int column = pixel(x, width), row = pixel(y, height);
    const Light bark = Light{0.10f, 0.075f, 0.06f} * (1 + 0.5f * noise(x * 60, y * 60, seed + 8));
    return mix(canvas.at(column, row), bark, wood.at(column, row).red);
  };
  Canvas whole = painted(width, height, [&](float x, float y) {
    Light light = background(x, y);
    for (const Flower& flower : flowers) lay_flower(light, flower, x, y);
    return light;
  });
  blur(whole, static_cast<float>(height) / 900);
  return whole;
}

}  // namespace keepsake::demo

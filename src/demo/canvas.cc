#include "demo/canvas.h"

#include <thread>

namespace keepsake::demo {
namespace {

// Three boxes one after another come close to a bell (W. Wells, Efficient Synthesis of Gaussian Filters,
// 1986).
constexpr int boxes = 3;

// One row or column: `count` lights, each `step` after the one before.
void box(Light* line, int count, std::ptrdiff_t step, int reach, std::vector<Light>& copy) {
  for (int at = 0; at < count; ++at) copy[static_cast<std::size_t>(at)] = line[at * step];
  const auto light = [&](int at) { return copy[static_cast<std::size_t>(std::clamp(at, 0, count - 1))]; };
  Light sum;
  for (int at = -reach; at <= reach; ++at) sum = sum + light(at);
  const float share = 1.0f / static_cast<float>(2 * reach + 1);
  for (int at = 0; at < count; ++at) {
    line[at * step] = sum * share;
    sum = sum + light(at + reach + 1) + light(at - reach) * -1.0f;
  }
}

float distance(const Stroke& stroke, float x, float y, float& along) {
  const float dx = stroke.x1 - stroke.x0, dy = stroke.y1 - stroke.y0;
  along = clamped(((x - stroke.x0) * dx + (y - stroke.y0) * dy) / (dx * dx + dy * dy + 1e-12f));
  return std::hypot(x - stroke.x0 - along * dx, y - stroke.y0 - along * dy);
}

void cover(Canvas& canvas, const Stroke& stroke) {
  const auto scale = static_cast<float>(canvas.height());
  const float most = std::max(stroke.width0, stroke.width1) + 2 / scale;
  const auto pixel = [&](float place, int size) {
    return std::clamp(static_cast<int>(place * scale), 0, size);
  };
  const int left = pixel(std::min(stroke.x0, stroke.x1) - most, canvas.width());
  const int right = pixel(std::max(stroke.x0, stroke.x1) + most + 1 / scale, canvas.width());
  const int top = pixel(std::min(stroke.y0, stroke.y1) - most, canvas.height());
  const int bottom = pixel(std::max(stroke.y0, stroke.y1) + most + 1 / scale, canvas.height());
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      float along = 0;
      const float far = distance(stroke, (static_cast<float>(x) + 0.5f) / scale,
                                 (static_cast<float>(y) + 0.5f) / scale, along);
      const float half = mix(stroke.width0, stroke.width1, along) / 2;
      float& covered = canvas.at(x, y).red;
      covered = std::max(covered, clamped((half - far) * scale + 0.5f));
    }
  }
}

}  // namespace

Canvas painted(int width, int height, const Scenery& scenery) {
  Canvas canvas(width, height);
  const float scale = 1.0f / static_cast<float>(height);
  const int hands = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 8);
  const auto paint = [&](int first) {
    for (int y = first; y < height; y += hands)
      for (int x = 0; x < width; ++x)
        canvas.at(x, y) =
            scenery((static_cast<float>(x) + 0.5f) * scale, (static_cast<float>(y) + 0.5f) * scale);
  };
  std::vector<std::jthread> others;
  for (int hand = 1; hand < hands; ++hand) others.emplace_back(paint, hand);
  paint(0);
  others.clear();
  return canvas;
}

void blur(Canvas& canvas, float radius) {
  const int reach = static_cast<int>(radius);
  if (reach < 1) return;
  std::vector<Light> copy(static_cast<std::size_t>(std::max(canvas.width(), canvas.height())));
  for (int time = 0; time < boxes; ++time) {
    for (int y = 0; y < canvas.height(); ++y) box(&canvas.at(0, y), canvas.width(), 1, reach, copy);
    for (int x = 0; x < canvas.width(); ++x)
      box(&canvas.at(x, 0), canvas.height(), canvas.width(), reach, copy);
  }
}

Canvas covered(int width, int height, const std::vector<Stroke>& strokes) {
  Canvas canvas(width, height);
  for (const Stroke& stroke : strokes) cover(canvas, stroke);
  return canvas;
}

}  // namespace keepsake::demo

#pragma once
// A picture while it is painted: light, pixel by pixel.
#include <cstddef>
#include <functional>
#include <vector>

#include "demo/light.h"

namespace keepsake::demo {

class Canvas {
 public:
  Canvas(int width, int height)
      : width_(width),
        height_(height),
        lights_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

  int width() const { return width_; }
  int height() const { return height_; }
  Light& at(int x, int y) { return lights_[place(x, y)]; }
  const Light& at(int x, int y) const { return lights_[place(x, y)]; }
  std::vector<Light>& lights() { return lights_; }

 private:
  std::size_t place(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
  }

  int width_, height_;
  std::vector<Light> lights_;  // row by row
};

// The light at a point: y from 0 at the top to 1, x from 0 at the left to width/height.
using Scenery = std::function<Light(float x, float y)>;

// Every pixel as the scenery says, painted by as many threads as the machine runs at once; so `scenery` is
// called from several.
Canvas painted(int width, int height, const Scenery& scenery);
// As if out of focus; `radius` in pixels. Below one nothing happens.
void blur(Canvas& canvas, float radius);

// Lines of a plant, drawn from thick to thin.
struct Stroke {
  float x0, y0, x1, y1;  // as a scenery counts
  float width0, width1;
};
// How much of each pixel the strokes cover, in `red`.
Canvas covered(int width, int height, const std::vector<Stroke>& strokes);

}  // namespace keepsake::demo

#include "demo/scenes.h"

#include <utility>

namespace keepsake::demo {

Canvas scene(Scene scene, std::uint32_t seed, int width, int height) {
  switch (scene) {
    case Scene::lake:
      return lake(seed, width, height);
    case Scene::sea:
      return sea(seed, width, height);
    case Scene::stones:
      return stones(seed, width, height);
    case Scene::hills:
      return hills(seed, width, height);
    case Scene::path:
      return path(seed, width, height);
    case Scene::tree:
      return lone_tree(seed, width, height);
    case Scene::night:
      return night(seed, width, height);
    case Scene::rain:
      return rain(seed, width, height);
    case Scene::wall:
      return wall(seed, width, height);
    case Scene::curtain:
      return curtain(seed, width, height);
    case Scene::candle:
      return candle(seed, width, height);
    case Scene::blossom:
      break;
  }
  return blossom(seed, width, height);
}

}  // namespace keepsake::demo

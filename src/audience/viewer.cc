#include "audience/viewer.h"

#include <algorithm>

namespace keepsake {

bool Viewer::holds(Key key) const {
  return std::binary_search(keys.begin(), keys.end(), key);
}

Viewer anonymous_viewer(std::optional<std::uint64_t> epoch) {
  Viewer viewer;
  viewer.keys = {Key::everyone(), Key::door()};
  viewer.epoch = epoch;
  return viewer;
}

}  // namespace keepsake

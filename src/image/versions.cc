#include "image/versions.h"

#include <stdexcept>

#include "image/vips_library.h"

namespace keepsake::image {

std::vector<LibraryVersion> library_versions() try {
  lib::load();
  return {{"libvips", lib::vips_version_string()}};
} catch (const std::runtime_error& fault) {
  return {{"libvips", fault.what()}};
}

}  // namespace keepsake::image

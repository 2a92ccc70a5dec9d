#include "image/versions.h"

#include <libheif/heif.h>
#include <vips/vips.h>

namespace keepsake::image {

std::vector<LibraryVersion> library_versions() {
  return {{"libvips", vips_version_string()}, {"libheif", heif_get_version()}};
}

}  // namespace keepsake::image

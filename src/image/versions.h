#pragma once
#include <vector>

#include "base/library_version.h"

namespace keepsake::image {

// libvips, or why it cannot be loaded; loads it into this process.
std::vector<LibraryVersion> library_versions();

}  // namespace keepsake::image

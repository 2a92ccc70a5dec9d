#pragma once
#include <vector>

#include "base/library_version.h"

namespace keepsake::image {

// The libraries this module works with, as they are loaded.
std::vector<LibraryVersion> library_versions();

}  // namespace keepsake::image

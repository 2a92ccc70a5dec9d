#pragma once
#include <vector>

#include "base/library_version.h"

namespace keepsake::app {

// Of every module.
std::vector<LibraryVersion> library_versions();

}  // namespace keepsake::app

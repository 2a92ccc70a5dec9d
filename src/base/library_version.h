#pragma once
#include <string>

namespace keepsake {

// A library at work, as `keepsake doctor` prints it.
struct LibraryVersion {
  std::string name;
  std::string version;
};

}  // namespace keepsake

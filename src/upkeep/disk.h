#pragma once
#include <cstdint>
#include <filesystem>

namespace keepsake {

struct DiskRoom {
  std::int64_t all = 0;   // bytes of the file system
  std::int64_t free = 0;  // of them for this program
};
// Of the file system that the folder lies on (statvfs, POSIX.1-2017). Throws std::system_error.
DiskRoom disk_room(const std::filesystem::path& folder);

}  // namespace keepsake

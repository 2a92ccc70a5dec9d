#include "upkeep/disk.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <limits>

#include "base/file.h"

namespace keepsake {
namespace {

std::int64_t bytes_of(unsigned long long blocks, unsigned long long size) {
  return static_cast<std::int64_t>(
      std::min<unsigned long long>(blocks * size, std::numeric_limits<std::int64_t>::max()));
}

}  // namespace

DiskRoom disk_room(const std::filesystem::path& folder) {
  struct statvfs status{};
  if (::statvfs(folder.c_str(), &status) != 0) throw_errno("asking for free space");
  return {bytes_of(status.f_blocks, status.f_frsize), bytes_of(status.f_bavail, status.f_frsize)};
}

}  // namespace keepsake

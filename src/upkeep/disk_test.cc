#include "upkeep/disk.h"

#include <gtest/gtest.h>

#include <system_error>

namespace keepsake {
namespace {

TEST(DiskRoom, IsThatOfTheFoldersFileSystem) {
  const DiskRoom room = disk_room("/");
  EXPECT_GT(room.all, 0);
  EXPECT_GE(room.all, room.free);
  EXPECT_THROW(disk_room("/there/is/nothing/here"), std::system_error);
}

}  // namespace
}  // namespace keepsake

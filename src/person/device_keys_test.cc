#include "person/device_keys.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

blobs::InstanceKey instance(std::byte fill) {
  return blobs::InstanceKey::from_bytes(Bytes(32, fill));
}

TEST(DeviceKeysTest, EachPersonHasOneOfTheirOwn) {
  const DeviceKeys keys(instance(std::byte{1}));
  EXPECT_EQ(keys.of(PersonId{7}).size(), 64u);
  EXPECT_EQ(keys.of(PersonId{7}), DeviceKeys(instance(std::byte{1})).of(PersonId{7}));
  EXPECT_NE(keys.of(PersonId{7}), keys.of(PersonId{8}));
  EXPECT_NE(keys.of(PersonId{7}), DeviceKeys(instance(std::byte{2})).of(PersonId{7}));
}

}  // namespace
}  // namespace keepsake

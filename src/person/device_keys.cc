#include "person/device_keys.h"

namespace keepsake {

DeviceKeys::DeviceKeys(const blobs::InstanceKey& key) : key_(key.derive("what a device keeps")) {}

std::string DeviceKeys::of(PersonId person) const {
  return hex(hmac_sha256(key_, as_byte_view(std::to_string(person.value))));
}

}  // namespace keepsake

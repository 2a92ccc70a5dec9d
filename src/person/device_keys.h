#pragma once
// The key under which a person's browser keeps what they typed while the server could not be reached. It is
// told to that person alone, so what lies on a shared device is nothing to whoever uses it next.
#include <string>

#include "base/hash.h"
#include "base/id.h"
#include "blobs/instance_key.h"

namespace keepsake {

class DeviceKeys {
 public:
  explicit DeviceKeys(const blobs::InstanceKey& key);
  // 64 hexadecimal digits, always the same for this person.
  std::string of(PersonId person) const;

 private:
  Digest key_;
};

}  // namespace keepsake

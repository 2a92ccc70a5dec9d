#pragma once
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/id.h"
#include "blobs/instance_key.h"

namespace keepsake {

// Of an original's bytes. The CRC-32 is what archives ask for; those who came before it was kept have none.
struct OriginalSums {
  Digest sha256{};
  std::optional<std::uint32_t> crc32 = {};
  bool operator==(const OriginalSums&) const = default;
};

// What the database may know of an original's sums: enough to answer its owner and to find the same photo
// of the same person, and nothing that tells whether a photo known elsewhere lies here.
class PhotoDigests {
 public:
  explicit PhotoDigests(const blobs::InstanceKey& key)
      : key_(key), sealing_key_(key.derive("photo digests")) {}

  // HMAC-SHA-256 under a key of the owner's own.
  Digest duplicate_mark(PersonId owner, const Digest& digest) const;
  Bytes seal(const OriginalSums& sums) const;
  // Throws blobs::Damaged if it does not open.
  OriginalSums open(ByteView sealed) const;

 private:
  blobs::InstanceKey key_;
  Digest sealing_key_;
};

}  // namespace keepsake

#pragma once
#include "base/bytes.h"
#include "base/hash.h"
#include "base/id.h"
#include "blobs/instance_key.h"

namespace keepsake {

// What the database may know of an original's SHA-256: enough to answer its owner and to find the same photo
// of the same person, and nothing that tells whether a photo known elsewhere lies here.
class PhotoDigests {
 public:
  explicit PhotoDigests(const blobs::InstanceKey& key)
      : key_(key), sealing_key_(key.derive("photo digests")) {}

  // HMAC-SHA-256 under a key of the owner's own.
  Digest duplicate_mark(PersonId owner, const Digest& digest) const;
  Bytes seal(const Digest& digest) const;
  // Throws blobs::Damaged if it does not open.
  Digest open(ByteView sealed) const;

 private:
  blobs::InstanceKey key_;
  Digest sealing_key_;
};

}  // namespace keepsake

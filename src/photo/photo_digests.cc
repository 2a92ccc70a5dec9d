#include "photo/photo_digests.h"

#include <algorithm>
#include <string>

#include "blobs/blob_store.h"
#include "blobs/seal.h"

namespace keepsake {
namespace {

constexpr const char* purpose = "SHA-256 of an original";

}  // namespace

Digest PhotoDigests::duplicate_mark(PersonId owner, const Digest& digest) const {
  const std::string person = std::to_string(owner.value);
  return hmac_sha256(key_.derive("duplicates", as_byte_view(person)), digest);
}

Bytes PhotoDigests::seal(const Digest& digest) const {
  return blobs::seal(sealing_key_, purpose, digest);
}

Digest PhotoDigests::open(ByteView sealed) const {
  const auto bytes = blobs::unseal(sealing_key_, purpose, sealed);
  Digest digest;
  if (!bytes || bytes->size() != digest.size()) throw blobs::Damaged("a photo's sealed digest does not open");
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

}  // namespace keepsake

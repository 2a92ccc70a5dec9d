#include "photo/photo_digests.h"

#include <algorithm>
#include <string>

#include "blobs/blob_store.h"
#include "blobs/seal.h"

namespace keepsake {
namespace {

constexpr const char* purpose = "SHA-256 of an original";
constexpr std::size_t crc_size = 4;  // behind the digest, the least significant byte first

}  // namespace

Digest PhotoDigests::duplicate_mark(PersonId owner, const Digest& digest) const {
  const std::string person = std::to_string(owner.value);
  return hmac_sha256(key_.derive("duplicates", as_byte_view(person)), digest);
}

Bytes PhotoDigests::seal(const OriginalSums& sums) const {
  Bytes bytes = to_bytes(sums.sha256);
  if (sums.crc32)
    for (std::size_t i = 0; i < crc_size; ++i) bytes.push_back(std::byte(*sums.crc32 >> 8 * i & 0xFF));
  return blobs::seal(sealing_key_, purpose, bytes);
}

OriginalSums PhotoDigests::open(ByteView sealed) const {
  const auto bytes = blobs::unseal(sealing_key_, purpose, sealed);
  OriginalSums sums;
  const std::size_t size = sums.sha256.size();
  if (!bytes || (bytes->size() != size && bytes->size() != size + crc_size))
    throw blobs::Damaged("a photo's sealed digest does not open");
  std::copy_n(bytes->begin(), size, sums.sha256.begin());
  if (bytes->size() == size) return sums;
  sums.crc32 = 0;
  for (std::size_t i = 0; i < crc_size; ++i)
    *sums.crc32 |= std::to_integer<std::uint32_t>((*bytes)[size + i]) << 8 * i;
  return sums;
}

}  // namespace keepsake

#include "blobs/blob_format.h"

#include <algorithm>
#include <string>

#include "blobs/blob_store.h"
#include "blobs/seal.h"

namespace keepsake::blobs {
namespace {

std::string wrapping_purpose(std::int64_t size) {
  return "key of a blob of " + std::to_string(size) + " bytes";
}

}  // namespace

Aead::Nonce chunk_nonce(std::int64_t chunk, bool last) {
  Aead::Nonce nonce{};
  for (int i = 0; i < 8; ++i) nonce[10 - i] = static_cast<std::byte>(chunk >> 8 * i);
  nonce[11] = std::byte{last};
  return nonce;
}

Bytes chunk_associated(const PublicId& name) {
  Bytes bytes(name.bytes().begin(), name.bytes().end());
  bytes.insert(bytes.end(), blob_header.begin(), blob_header.end());
  return bytes;
}

Bytes wrap_key(const InstanceKey& instance, const PublicId& name, std::int64_t size, const Digest& key) {
  return seal(instance.derive("blob keys", name.bytes()), wrapping_purpose(size), key);
}

Digest unwrap_key(const InstanceKey& instance, const PublicId& name, std::int64_t size, ByteView wrapped) {
  const auto bytes = unseal(instance.derive("blob keys", name.bytes()), wrapping_purpose(size), wrapped);
  Digest key;
  if (!bytes || bytes->size() != key.size()) throw Damaged("a blob's wrapped key does not open");
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

}  // namespace keepsake::blobs

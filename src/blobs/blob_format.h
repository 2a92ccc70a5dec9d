#pragma once
// The form of a blob's file, final as version 1; a later form gets another magic or version.
//
//   header   8 bytes: "KSB1", version 1, log2 of the chunk size, two zeros
//   chunks   every 65,536 plain bytes, the last one fewer (none if the blob is empty): encrypted bytes, then
//            16 bytes of tag
//
// Each chunk is sealed by AES-256-GCM as in STREAM (Hoang, Reyhanitabar, Rogaway, Vizar: Online
// Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, CRYPTO 2015, section 7): the nonce is the
// chunk's number and whether it is the last, so no chunk opens in another place and none can be cut off or
// added. Name and header are the associated data; the blob's size is bound to its wrapped key. The key is
// used for this one blob, so nonces never repeat.
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/id.h"
#include "blobs/aead.h"
#include "blobs/instance_key.h"

namespace keepsake::blobs {

inline constexpr std::int64_t chunk_size = 1 << 16;
inline constexpr std::array<std::byte, 8> blob_header{std::byte{'K'}, std::byte{'S'}, std::byte{'B'},
                                                      std::byte{'1'}, std::byte{1},   std::byte{16},
                                                      std::byte{0},   std::byte{0}};
inline constexpr std::int64_t sealed_chunk_size = chunk_size + std::int64_t{Aead::tag_size};

// At least one: an empty blob has one empty chunk.
constexpr std::int64_t chunk_count(std::int64_t size) {
  return size == 0 ? 1 : (size - 1) / chunk_size + 1;
}
constexpr std::int64_t chunk_place(std::int64_t chunk) {
  return std::int64_t{blob_header.size()} + chunk * sealed_chunk_size;
}
constexpr std::int64_t file_size(std::int64_t size) {
  return std::int64_t{blob_header.size()} + size + chunk_count(size) * std::int64_t{Aead::tag_size};
}

Aead::Nonce chunk_nonce(std::int64_t chunk, bool last);
Bytes chunk_associated(const PublicId& name);

// The blob's key for the database, sealed for this name and size alone; and back, or Damaged.
Bytes wrap_key(const InstanceKey& instance, const PublicId& name, std::int64_t size, const Digest& key);
Digest unwrap_key(const InstanceKey& instance, const PublicId& name, std::int64_t size, ByteView wrapped);

}  // namespace keepsake::blobs

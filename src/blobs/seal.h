#pragma once
// Small values that leave the house and come back, or lie where others may read: sealed by AES-256-GCM
// (NIST SP 800-38D) under a random nonce, so that nobody without the key can read, change or make one.
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/hash.h"

namespace keepsake::blobs {

// `purpose` is bound in: what was sealed for one purpose does not open for another. The result is 29 bytes
// longer than `bytes`. One key seals at most 2^32 values (section 8.3); `bytes` may have up to 1 MiB.
Bytes seal(const Digest& key, std::string_view purpose, ByteView bytes);
// What seal() was given, or nothing if the key or the purpose differs or any bit was changed.
std::optional<Bytes> unseal(const Digest& key, std::string_view purpose, ByteView sealed);

}  // namespace keepsake::blobs

#pragma once
// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) by OpenSSL, which uses the processor's own instructions.
// SHA-1 stands here for protocols that ask for it against accidents on the way; it withstands no attack.
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace keepsake {

using Digest = std::array<std::byte, 32>;

Digest sha256(ByteView bytes);
inline Digest sha256(std::string_view text) {
  return sha256(as_byte_view(text));
}
Digest hmac_sha256(ByteView key, ByteView bytes);
// A key of 256 bits for what `info` says: HKDF-SHA-256, extract and one block of expand (RFC 5869).
Digest hkdf_sha256(ByteView secret, ByteView salt, ByteView info);

enum class HashAlgorithm { sha1, sha256 };

// A hash of bytes that arrive in pieces.
class RunningHash {
 public:
  explicit RunningHash(HashAlgorithm algorithm);
  ~RunningHash();
  RunningHash(const RunningHash&) = delete;
  RunningHash& operator=(const RunningHash&) = delete;
  void add(ByteView bytes);
  // 20 bytes of SHA-1, 32 of SHA-256. To be called once, at the end.
  Bytes finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The same for SHA-256 alone.
class Sha256 {
 public:
  void add(ByteView bytes) { hash_.add(bytes); }
  Digest finish();

 private:
  RunningHash hash_{HashAlgorithm::sha256};
};

// Compares without telling by its time where the two differ; their lengths are no secret.
bool equal_in_constant_time(ByteView a, ByteView b);

std::string hex(ByteView bytes);

}  // namespace keepsake

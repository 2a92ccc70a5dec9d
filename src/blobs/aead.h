#pragma once
// AES-256-GCM (NIST SP 800-38D) by OpenSSL, many messages under one key. A nonce must never come twice.
#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/hash.h"

namespace keepsake::blobs {

class Aead {
 public:
  static constexpr std::size_t nonce_size = 12, tag_size = 16;
  using Nonce = std::array<std::byte, nonce_size>;
  using Tag = std::array<std::byte, tag_size>;

  explicit Aead(const Digest& key);
  ~Aead();
  Aead(Aead&&) noexcept;

  // Encrypts `bytes` in place.
  Tag seal(const Nonce& nonce, ByteView associated, std::span<std::byte> bytes);
  // Decrypts `bytes` in place. False if anything differs from what was sealed; `bytes` are then worthless.
  bool open(const Nonce& nonce, ByteView associated, std::span<std::byte> bytes, const Tag& tag);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace keepsake::blobs

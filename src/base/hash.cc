#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace keepsake {
namespace {

const unsigned char* raw(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(Digest& digest) {
  return reinterpret_cast<unsigned char*>(digest.data());
}

void must(int outcome, const char* what) {
  if (outcome != 1) throw std::runtime_error(what);
}

}  // namespace

Digest sha256(ByteView bytes) {
  Digest digest;
  unsigned int size = 0;
  must(EVP_Digest(bytes.data(), bytes.size(), raw(digest), &size, EVP_sha256(), nullptr), "EVP_Digest");
  return digest;
}

Digest hmac_sha256(ByteView key, ByteView bytes) {
  Digest digest;
  unsigned int size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), raw(bytes), bytes.size(), raw(digest),
            &size)) {
    throw std::runtime_error("HMAC");
  }
  return digest;
}

Digest hkdf_sha256(ByteView secret, ByteView salt, ByteView info) {
  Bytes block = to_bytes(info);
  block.push_back(std::byte{1});
  return hmac_sha256(hmac_sha256(salt, secret), block);
}

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  must(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr), "EVP_DigestInit_ex");
}
Sha256::~Sha256() = default;

void Sha256::add(ByteView bytes) {
  must(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()), "EVP_DigestUpdate");
}

Digest Sha256::finish() {
  Digest digest;
  unsigned int size = 0;
  must(EVP_DigestFinal_ex(state_->context, raw(digest), &size), "EVP_DigestFinal_ex");
  return digest;
}

bool equal_in_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hex(ByteView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte byte : bytes) {
    text += digits[std::to_integer<unsigned>(byte) >> 4];
    text += digits[std::to_integer<unsigned>(byte) & 15];
  }
  return text;
}

}  // namespace keepsake

#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
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

struct RunningHash::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

RunningHash::RunningHash(HashAlgorithm algorithm) : state_(std::make_unique<State>()) {
  const EVP_MD* kind = algorithm == HashAlgorithm::sha1 ? EVP_sha1() : EVP_sha256();
  must(EVP_DigestInit_ex(state_->context, kind, nullptr), "EVP_DigestInit_ex");
}
RunningHash::~RunningHash() = default;

void RunningHash::add(ByteView bytes) {
  must(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()), "EVP_DigestUpdate");
}

Bytes RunningHash::finish() {
  Bytes digest(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  must(EVP_DigestFinal_ex(state_->context, reinterpret_cast<unsigned char*>(digest.data()), &size),
       "EVP_DigestFinal_ex");
  digest.resize(size);
  return digest;
}

Digest Sha256::finish() {
  const Bytes bytes = hash_.finish();
  Digest digest;
  std::copy_n(bytes.begin(), digest.size(), digest.begin());
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

#include "blobs/aead.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace keepsake::blobs {
namespace {

unsigned char* raw(std::byte* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

void must(int outcome) {
  if (outcome != 1) throw std::runtime_error("AES-256-GCM");
}

constexpr int sealing = 1, opening = 0;

}  // namespace

struct Aead::State {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  ~State() { EVP_CIPHER_CTX_free(context); }

  void begin(int direction, const Nonce& nonce, ByteView associated) {
    int size = 0;
    must(EVP_CipherInit_ex(context, nullptr, nullptr, nullptr, raw(nonce.data()), direction));
    must(EVP_CipherUpdate(context, nullptr, &size, raw(associated.data()),
                          static_cast<int>(associated.size())));
  }
  void transform(std::span<std::byte> bytes) {
    int size = 0;
    if (bytes.empty()) return;
    must(EVP_CipherUpdate(context, raw(bytes.data()), &size, raw(bytes.data()),
                          static_cast<int>(bytes.size())));
  }
};

Aead::Aead(const Digest& key) : state_(std::make_unique<State>()) {
  must(EVP_CipherInit_ex(state_->context, EVP_aes_256_gcm(), nullptr, raw(key.data()), nullptr, sealing));
}
Aead::~Aead() = default;
Aead::Aead(Aead&&) noexcept = default;

Aead::Tag Aead::seal(const Nonce& nonce, ByteView associated, std::span<std::byte> bytes) {
  state_->begin(sealing, nonce, associated);
  state_->transform(bytes);
  int size = 0;
  Tag tag;
  must(EVP_CipherFinal_ex(state_->context, raw(tag.data()), &size));
  must(EVP_CIPHER_CTX_ctrl(state_->context, EVP_CTRL_AEAD_GET_TAG, tag_size, tag.data()));
  return tag;
}

bool Aead::open(const Nonce& nonce, ByteView associated, std::span<std::byte> bytes, const Tag& tag) {
  state_->begin(opening, nonce, associated);
  state_->transform(bytes);
  Tag expected = tag;
  int size = 0;
  must(EVP_CIPHER_CTX_ctrl(state_->context, EVP_CTRL_AEAD_SET_TAG, tag_size, expected.data()));
  std::byte none[1];
  return EVP_CipherFinal_ex(state_->context, raw(none), &size) == 1;
}

}  // namespace keepsake::blobs

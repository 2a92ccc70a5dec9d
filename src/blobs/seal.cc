#include "blobs/seal.h"

#include <algorithm>
#include <stdexcept>

#include "base/random.h"
#include "blobs/aead.h"

namespace keepsake::blobs {
namespace {

// A sealed value: one byte of version, the nonce, the encrypted bytes, the tag.
constexpr std::byte version{1};
constexpr std::size_t before = 1 + Aead::nonce_size, around = before + Aead::tag_size;
constexpr std::size_t most = 1 << 20;

Bytes associated(std::string_view purpose) {
  Bytes bytes{version};
  const ByteView text = as_byte_view(purpose);
  bytes.insert(bytes.end(), text.begin(), text.end());
  return bytes;
}

}  // namespace

Bytes seal(const Digest& key, std::string_view purpose, ByteView bytes) {
  if (bytes.size() > most) throw std::length_error("too long to be sealed in one piece");
  Aead::Nonce nonce;
  fill_random(nonce);
  Bytes sealed{version};
  sealed.reserve(bytes.size() + around);
  sealed.insert(sealed.end(), nonce.begin(), nonce.end());
  sealed.insert(sealed.end(), bytes.begin(), bytes.end());
  const Aead::Tag tag = Aead(key).seal(nonce, associated(purpose), std::span(sealed).subspan(before));
  sealed.insert(sealed.end(), tag.begin(), tag.end());
  return sealed;
}

std::optional<Bytes> unseal(const Digest& key, std::string_view purpose, ByteView sealed) {
  if (sealed.size() < around || sealed.size() > most + around || sealed[0] != version) return std::nullopt;
  Aead::Nonce nonce;
  Aead::Tag tag;
  std::copy_n(sealed.begin() + 1, nonce.size(), nonce.begin());
  std::copy(sealed.end() - Aead::tag_size, sealed.end(), tag.begin());
  Bytes bytes(sealed.begin() + before, sealed.end() - Aead::tag_size);
  if (!Aead(key).open(nonce, associated(purpose), bytes, tag)) return std::nullopt;
  return bytes;
}

}  // namespace keepsake::blobs

#include "base/id.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/base32.h"
#include "base/random.h"

namespace keepsake {

PublicId PublicId::random() {
  PublicId id;
  fill_random(id.bytes_);
  return id;
}

std::optional<PublicId> PublicId::parse(std::string_view text) {
  if (text.size() != text_size) return std::nullopt;
  const auto bytes = base32_decode(text);
  if (!bytes || bytes->size() != 16) return std::nullopt;
  return from_bytes(*bytes);
}

PublicId PublicId::from_bytes(std::span<const std::byte> bytes) {
  PublicId id;
  if (bytes.size() != id.bytes_.size()) throw std::invalid_argument("a public id has 16 bytes");
  std::copy(bytes.begin(), bytes.end(), id.bytes_.begin());
  return id;
}

std::string PublicId::text() const {
  return base32_encode(bytes_);
}

}  // namespace keepsake

std::size_t std::hash<keepsake::PublicId>::operator()(const keepsake::PublicId& id) const noexcept {
  std::size_t value;
  std::memcpy(&value, id.bytes().data(), sizeof value);
  return value;
}

#pragma once
// Two kinds of identity: PublicId stands in addresses and cannot be guessed; RowId<Tag> is the key inside the
// database and never leaves it.
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace keepsake {

// 128 random bits. As text: 26 characters of RFC 4648 base32 in lower case without padding.
class PublicId {
 public:
  static constexpr std::size_t text_size = 26;

  static PublicId random();
  // The one text form of an id; anything else (upper case, other length, spare bits set) is no id.
  static std::optional<PublicId> parse(std::string_view text);
  // `bytes` must be 16 long, as read from the database; throws std::invalid_argument otherwise.
  static PublicId from_bytes(std::span<const std::byte> bytes);

  std::string text() const;
  std::span<const std::byte> bytes() const { return bytes_; }
  auto operator<=>(const PublicId&) const = default;

 private:
  std::array<std::byte, 16> bytes_{};
};

template <class Tag>
struct RowId {
  std::int64_t value = 0;
  auto operator<=>(const RowId&) const = default;
};

using PersonId = RowId<struct PersonTag>;
using ItemId = RowId<struct ItemTag>;  // a story or an album, as audience sees it
using PhotoId = RowId<struct PhotoTag>;
using CircleId = RowId<struct CircleTag>;
using LinkId = RowId<struct LinkTag>;

}  // namespace keepsake

template <>
struct std::hash<keepsake::PublicId> {
  std::size_t operator()(const keepsake::PublicId& id) const noexcept;
};
template <class Tag>
struct std::hash<keepsake::RowId<Tag>> {
  std::size_t operator()(const keepsake::RowId<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};

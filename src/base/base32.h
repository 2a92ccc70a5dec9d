#pragma once
// RFC 4648 section 6, in lower case and without padding: one text for each byte string.
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace keepsake {

std::string base32_encode(std::span<const std::byte> bytes);
// Refuses upper case, padding, impossible lengths and spare bits that are not zero.
std::optional<Bytes> base32_decode(std::string_view text);

}  // namespace keepsake

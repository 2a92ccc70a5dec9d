#pragma once
// RFC 4648 section 5 without padding, as WebAuthn writes bytes: one text for each byte string.
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace keepsake {

std::string base64url_encode(ByteView bytes);
// Refuses padding, other letters, impossible lengths and spare bits that are not zero.
std::optional<Bytes> base64url_decode(std::string_view text);

}  // namespace keepsake

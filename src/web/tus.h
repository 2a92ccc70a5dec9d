#pragma once
// The headers of the tus protocol 1.0.0, read strictly.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "photo/uploads.h"

namespace keepsake::web::tus {

inline constexpr std::string_view version = "1.0.0";
inline constexpr std::string_view extensions =
    "creation,creation-with-upload,expiration,checksum,termination";
inline constexpr std::string_view algorithms = "sha1,sha256";
inline constexpr std::string_view piece_type = "application/offset+octet-stream";

// A length or an offset: decimal digits alone, within 63 bits.
std::optional<std::int64_t> parse_number(std::string_view text);

// The value under `key` in Upload-Metadata ("filename d29ybGQ=,draft"); nothing if the key is not there or
// its value is no base64 (RFC 4648 section 4).
std::optional<std::string> metadata(std::string_view header, std::string_view key);

// Upload-Checksum ("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="). Refused as malformed: an algorithm that is not among
// `algorithms`, and a value that cannot be one of its.
Result<Checksum> parse_checksum(std::string_view header);

}  // namespace keepsake::web::tus

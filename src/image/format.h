#pragma once
// What a file is by its first bytes, whatever its name claims.
#include <optional>

#include "base/bytes.h"
#include "image/photo_workers.h"

namespace keepsake::image {

// How many bytes from the start `format_of` looks at, at most.
inline constexpr std::size_t format_prefix = 256;

// JPEG (ITU-T T.81 B.1.1.3), PNG (W3C PNG 5.2), WebP (RFC 9649 section 2.4), HEIC and AVIF (the brands of an
// ISO/IEC 14496-12 `ftyp` box), TIFF (TIFF 6.0 section 2, and BigTIFF; more is told by image/tiff.h), GIF
// (GIF89a section 17); nothing for anything else.
std::optional<Format> format_of(ByteView start);

}  // namespace keepsake::image

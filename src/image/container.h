#pragma once
// Holds a finished rendition to what it may consist of: pixels and how to read them. Nothing about the
// person, the camera or the place survives in a file that passes, whatever a decoder or an encoder did.
#include <cstddef>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "image/photo_workers.h"

namespace keepsake::image {

struct Size {
  int width = 0, height = 0;
  bool operator==(const Size&) const = default;
};

// The size of a JPEG (ITU-T T.81) made of a plain JFIF header, tables, one frame and its scans alone, of a
// WebP (RFC 9649) made of image data and transparency alone, or of an AVIF of the same (image/avif.h).
// Nothing if it is anything else, holds any other segment (EXIF, XMP, ICC, IPTC, comments, thumbnails), or if
// bytes are missing or left over.
std::optional<Size> bare_size(Encoding encoding, ByteView bytes);

// Drops from a WebP whatever is neither image data nor transparency, in place; gives the bytes that are left.
// For what an encoder writes unasked. Leaves alone what is no WebP.
std::size_t strip_webp(std::span<std::byte> bytes);

}  // namespace keepsake::image

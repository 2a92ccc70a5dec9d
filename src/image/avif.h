#pragma once
// Holds a finished AVIF to what it may consist of, as image/container.h does for the others.
#include <optional>

#include "base/bytes.h"
#include "image/container.h"

namespace keepsake::image {

// The size of an AVIF (AV1 Image File Format 1.2) made of one picture and at most one of its transparency,
// each a list of AV1 frames alone (AV1 specification section 5.3), with the properties that say how to read
// them. Nothing if it is anything else, holds any other box, item, property, name or metadata, or if bytes
// are missing, left over or not of a picture.
std::optional<Size> bare_avif(ByteView bytes);

}  // namespace keepsake::image

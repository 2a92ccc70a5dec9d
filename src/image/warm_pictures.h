#pragma once
#include "base/bytes.h"
#include "image/photo_workers.h"

namespace keepsake::image {

// A grey square of 16 x 16 pixels in the format: what a decoder is tried on before the worker is sealed.
Bytes warm_picture(Format format);

}  // namespace keepsake::image

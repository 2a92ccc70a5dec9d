#pragma once
// A look, drawn.
#include "image/container.h"
#include "image/look.h"
#include "image/picture.h"

namespace keepsake::image {

// What a look leaves of a photo, and how much of the photo must be decoded for it.
struct Framing {
  Size shown;    // at the photo's own size
  Size drawn;    // within the largest edge
  int edge = 0;  // the longest side of the whole picture of which the part drawn has that size
};

// `upright`: the photo's size before the look, which fits.
Framing framing_of(Size upright, const Look& look);

// `whole`, a picture of three or four bands of eight bits with a longest side of `framing.edge`, as the look
// shows it: of the size `framing.drawn`, or a pixel less. Plain is `whole` itself. Throws Failed.
Image looked(Image whole, const Look& look, const Framing& framing);

}  // namespace keepsake::image

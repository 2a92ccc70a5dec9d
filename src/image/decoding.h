#pragma once
// From a photo's bytes to a picture of the edge that is needed.
#include "image/photo_workers.h"
#include "image/picture.h"

namespace keepsake::image {

enum class Colours { as_profiled, as_they_are };

// What a photo tells before anything of it is decoded.
struct Header {
  Format format;
  int width = 0, height = 0;  // as stored
  bool turned = false;        // width and height change places when it stands upright
  bool profiled = false;      // carries a colour profile
};

// Throws Failed for what libvips cannot read, or reads as another format than `format`.
Header read_header(VipsSource* source, Format format);

// Decodes once: upright, no side longer than `edge`, sRGB of three or four bands with eight bits (four only
// if something can be seen through), without any field. Throws Failed for what is damaged or cut short.
Image decode(VipsSource* source, const Header& header, int edge, Colours colours);
// The same by its own colour profile, or without if that is broken: such a photo is still a photo.
Image decode(VipsSource* source, const Header& header, int edge);

// The picture again with no side longer than `edge`.
Image smaller(Image image, int edge);

}  // namespace keepsake::image

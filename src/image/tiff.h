#pragma once
// What a TIFF (TIFF 6.0, and BigTIFF) says of itself, read before a library meets it.

namespace keepsake::image {

enum class TiffKind {
  picture,  // its first directory holds a picture that can be shown
  other,    // the raw data of a camera beside a small preview, or compressed in a way that is not read here
  unreadable,  // no TIFF, damaged, or with more directories or pieces than any photo has
};

// Reads the directories alone, and of them no more than a photo needs. `file` is read from its start by
// offset; its place stays.
TiffKind tiff_kind(int file);

}  // namespace keepsake::image

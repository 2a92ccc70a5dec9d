#pragma once
// The decoding itself, by libvips. Called in workers alone: everything here meets bytes of strangers.
#include <cstdint>

#include "image/worker_protocol.h"

namespace keepsake::image {

// Starts libvips with one thread and no cache, shuts every loader but those of our formats, and decodes a
// tiny picture of each and encodes every kind, so that every library, table and plug-in is in memory when the
// worker is sealed. Gives the formats that this machine can decode as bits (1 << Format), and `makes_avif` if
// it can. Throws std::runtime_error if libvips does not start or cannot encode.
std::uint32_t warm_up();

// Decodes the photo and writes its renditions as they are wanted into `memory`, an empty file. Both stay the
// caller's. Reads the header first and refuses by it; never throws for what a photo contains.
Answer make_renditions(int photo, int memory, const Request& request, std::uint32_t formats);

}  // namespace keepsake::image

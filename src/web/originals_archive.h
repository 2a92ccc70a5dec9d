#pragma once
// Originals on their way to their owner as one zip archive, made while it is sent: whoever lost the network
// on the way goes on where it broke.
#include "http/message.h"
#include "photo/photos.h"

namespace keepsake::web {

// The answer: these `originals` of the viewer's as a file `name`. What can no longer be read when its turn
// comes (removed since, sealed, damaged on the disk) is zeros in the archive, whose checksum then tells so,
// and the rest arrives. `photos` outlives it.
http::Response originals_archive(Photos& photos, const Viewer& viewer,
                                 const std::vector<Photos::Original>& originals, std::string_view name);

}  // namespace keepsake::web

#pragma once
// The worker's own side: made ready, sealed, then serving one request after another.
#include <functional>
#include <optional>

#include "image/worker_protocol.h"

namespace keepsake::image {

inline constexpr const char* worker_name = "keepsake-photo-worker";  // its argv[0]
inline constexpr int worker_socket = 3;                              // 0, 1 and 2 are /dev/null

using Work = std::function<Answer(int photo, int memory, const Request& request, std::uint32_t formats)>;

// What run_if_photo_worker does with make_renditions as its work.
std::optional<int> serve_if_photo_worker(int argc, char** argv, const Work& work);

}  // namespace keepsake::image

#pragma once
#include <memory>

#include "http/message.h"

namespace keepsake::web {

// The answer for a file below /assets/, made and compressed once; null if there is none of that name. An
// address with the content's hash (`?v=`) may be kept for ever. Fit for an I/O thread.
std::shared_ptr<const http::Response> find_asset_response(const http::RequestHead& request);

}  // namespace keepsake::web

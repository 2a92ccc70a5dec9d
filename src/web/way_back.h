#pragma once
// Where a form that can be sent from any page leads back to.
#include <string>
#include <string_view>

#include "http/message.h"

namespace keepsake::web {

// `then` if it is a place of this house (a path, and not one that a browser takes for another host), or "/".
std::string place_of_ours(std::string_view then);
// The page that the browser says the form stood on (Referer, RFC 9110 10.1.3), or "/".
std::string place_before(const http::RequestHead& request);

}  // namespace keepsake::web

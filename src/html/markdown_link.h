#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace keepsake::html {

// A link's address ready for an attribute (still to be escaped), if it may be followed: http, https, mailto,
// a path of this house ("/stories/...") or a fragment. Characters outside RFC 3986 are percent-encoded.
std::optional<std::string> safe_link(std::string_view address);
// The photo that "photo:ID" names.
std::optional<PublicId> photo_link(std::string_view address);

}  // namespace keepsake::html

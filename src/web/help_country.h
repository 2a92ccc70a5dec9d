#pragma once
// For which country help is shown: as the reader chose (a cookie, without an account), else the region of the
// language that their browser asks for, else the host's. Nobody's address is looked up.
#include <string>
#include <string_view>

#include "http/message.h"

namespace keepsake::web {

inline constexpr std::string_view country_cookie = "__Host-country";

// ISO 3166-1 alpha-2; or "XX", for none of those that have lines, if the reader chose that or nothing tells.
// `hosts`: a country, or empty.
std::string country_of(const http::RequestHead& request, std::string_view hosts);
// The same without what was chosen, for answers that no cookie changes.
std::string country_by_language(const http::RequestHead& request, std::string_view hosts);

}  // namespace keepsake::web

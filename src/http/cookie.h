#pragma once
// Cookies (RFC 6265).
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/url.h"

namespace keepsake::http {

// The pairs of a Cookie header in the order they came, without quotes around values. Pairs that make no sense
// are left out, as are those past the 64th: other programs on the same host may have set them.
Fields parse_cookies(std::string_view header);

// The value of one cookie over all Cookie headers. None if it is absent, empty, or there twice with different
// values, since nobody can tell which of them we set.
std::optional<std::string> find_cookie(const Headers& headers, std::string_view name);

enum class SameSite { strict, lax, none };

struct Cookie {
  std::string name;
  std::string value;
  std::optional<std::chrono::seconds> max_age = {};  // none: until the browser closes; zero: forget it now
  std::string path = "/";
  bool secure = true;
  bool http_only = true;
  SameSite same_site = SameSite::lax;
};

// The value of a Set-Cookie header. Throws std::invalid_argument for characters RFC 6265 4.1.1 does not allow
// and for a "__Host-" name without Secure or with another path than "/".
std::string set_cookie(const Cookie& cookie);

}  // namespace keepsake::http

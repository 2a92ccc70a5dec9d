#include "http/cookie.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "http/syntax.h"

namespace keepsake::http {
namespace {

constexpr std::size_t most_cookies = 64;

bool is_cookie_octet(char c) {
  return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_cookie_value(std::string_view value) {
  return std::ranges::all_of(value, is_cookie_octet);
}

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

std::string_view name_of(SameSite same_site) {
  switch (same_site) {
    case SameSite::strict:
      return "Strict";
    case SameSite::lax:
      return "Lax";
    case SameSite::none:
      return "None";
  }
  return "Strict";
}

void check(const Cookie& cookie) {
  const bool path_fits =
      std::ranges::all_of(cookie.path, [](char c) { return c >= 0x20 && c < 0x7f && c != ';'; });
  if (!is_token(cookie.name) || !is_cookie_value(cookie.value) || !path_fits) {
    throw std::invalid_argument("a cookie with characters that a header cannot carry");
  }
  if (cookie.name.starts_with("__Host-") && (!cookie.secure || cookie.path != "/")) {
    throw std::invalid_argument("a __Host- cookie must be Secure and have the path /");
  }
}

}  // namespace

Fields parse_cookies(std::string_view header) {
  Fields cookies;
  for (const std::string_view piece : split(header, ';')) {
    const std::size_t equals = piece.find('=');
    if (equals == piece.npos) continue;
    const std::string_view name = trim(piece.substr(0, equals));
    const std::string_view value = unquoted(trim(piece.substr(equals + 1)));
    if (!is_token(name) || !is_cookie_value(value)) continue;
    if (cookies.size() == most_cookies) break;
    cookies.emplace_back(name, value);
  }
  return cookies;
}

std::optional<std::string> find_cookie(const Headers& headers, std::string_view name) {
  std::optional<std::string> found;
  for (const Header& header : headers.all()) {
    if (!same_name(header.name, "Cookie")) continue;
    for (auto& [cookie, value] : parse_cookies(header.value)) {
      if (cookie != name) continue;
      if (found && *found != value) return std::nullopt;
      found = std::move(value);
    }
  }
  if (found && found->empty()) return std::nullopt;
  return found;
}

std::string set_cookie(const Cookie& cookie) {
  check(cookie);
  std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) text += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (cookie.secure) text += "; Secure";
  if (cookie.http_only) text += "; HttpOnly";
  text += "; SameSite=";
  text += name_of(cookie.same_site);
  return text;
}

}  // namespace keepsake::http

#include "html/markdown_link.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace keepsake::html {
namespace {

bool stands_in_addresses(unsigned char c) {
  constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=%";
  return c < 0x80 && (std::isalnum(c) || marks.find(static_cast<char>(c)) != std::string_view::npos);
}

std::string encoded(std::string_view address) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char each : address) {
    const auto c = static_cast<unsigned char>(each);
    if (stands_in_addresses(c))
      text += each;
    else
      text.append({'%', digits[c >> 4], digits[c & 15]});
  }
  return text;
}

// "/x" but neither "//host" nor "/\host", which browsers take for another host.
bool is_own_path(std::string_view address) {
  return address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\");
}

}  // namespace

std::optional<std::string> safe_link(std::string_view address) {
  constexpr std::array<std::string_view, 3> schemes = {"http://", "https://", "mailto:"};
  const std::string begin = ascii_lower(address.substr(0, 8));
  const bool scheme = std::any_of(schemes.begin(), schemes.end(),
                                  [&](std::string_view each) { return begin.starts_with(each); });
  if (!scheme && !is_own_path(address) && !address.starts_with('#')) return std::nullopt;
  return encoded(address);
}

std::optional<PublicId> photo_link(std::string_view address) {
  constexpr std::string_view scheme = "photo:";
  if (!address.starts_with(scheme)) return std::nullopt;
  return PublicId::parse(address.substr(scheme.size()));
}

}  // namespace keepsake::html

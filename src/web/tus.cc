#include "web/tus.h"

#include <algorithm>
#include <charconv>

#include "base/base64url.h"
#include "base/text.h"

namespace keepsake::web::tus {
namespace {

// RFC 4648 section 4, padded as it must be.
std::optional<Bytes> base64_decode(std::string_view text) {
  const std::size_t letters = std::min(text.find('='), text.size());
  const std::string_view padding = text.substr(letters);
  if (text.size() % 4 != 0 || padding.size() > 2 || padding.find_first_not_of('=') != padding.npos)
    return std::nullopt;
  if (text.find_first_of("-_") != text.npos) return std::nullopt;
  std::string other(text.substr(0, letters));
  std::ranges::replace(other, '+', '-');
  std::ranges::replace(other, '/', '_');
  return base64url_decode(other);
}

}  // namespace

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::string> metadata(std::string_view header, std::string_view key) {
  for (const std::string_view pair : split(header, ',')) {
    const auto words = split(trim(pair), ' ');
    if (words.front() != key || words.size() != 2) continue;
    const auto value = base64_decode(words[1]);
    return value ? std::optional(std::string(as_text(*value))) : std::nullopt;
  }
  return std::nullopt;
}

Result<Checksum> parse_checksum(std::string_view header) {
  const auto words = split(header, ' ');
  const auto value = words.size() == 2 ? base64_decode(words[1]) : std::nullopt;
  if (value && words[0] == "sha1" && value->size() == 20) return Checksum{HashAlgorithm::sha1, *value};
  if (value && words[0] == "sha256" && value->size() == 32) return Checksum{HashAlgorithm::sha256, *value};
  return Refusal{Refused::malformed, "This checksum cannot be read. It may be of sha1 or sha256.",
                 "checksum"};
}

}  // namespace keepsake::web::tus

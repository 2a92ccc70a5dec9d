#include "http/url.h"

#include <algorithm>

#include "base/text.h"

namespace keepsake::http {
namespace {

constexpr std::size_t most_segments = 32;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::optional<char> escaped(std::string_view text, std::size_t at) {
  if (text.size() - at < 3) return std::nullopt;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const auto byte = escaped(text, at);
      if (!byte) return std::nullopt;
      c = *byte;
      at += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

bool is_plain_segment(std::string_view segment) {
  return segment != "." && segment != ".." && segment.find('/') == segment.npos;
}

std::optional<std::pair<std::string, std::string>> decode_field(std::string_view piece) {
  const std::size_t equals = piece.find('=');
  auto name = decode(piece.substr(0, equals), true);
  auto value = decode(equals == piece.npos ? "" : piece.substr(equals + 1), true);
  if (!name || !value) return std::nullopt;
  return std::pair(std::move(*name), std::move(*value));
}

}  // namespace

std::optional<std::string_view> find_field(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Fields::value_type::first);
  if (found == fields.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> percent_decode(std::string_view text) {
  return decode(text, false);
}

std::string percent_encode(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += {'%', digits[byte / 16], digits[byte % 16]};
  }
  return encoded;
}

std::optional<std::vector<std::string>> path_segments(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<std::string> segments;
  if (path == "/") return segments;
  for (const std::string_view piece : split(path.substr(1), '/')) {
    auto segment = percent_decode(piece);
    if (!segment || !is_plain_segment(*segment) || segments.size() == most_segments) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

std::optional<Fields> parse_form(std::string_view text, std::size_t most) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (piece.empty()) continue;
    auto field = decode_field(piece);
    if (!field || fields.size() == most) return std::nullopt;
    fields.push_back(std::move(*field));
  }
  return fields;
}

}  // namespace keepsake::http

#include "base/text.h"

#include <algorithm>
#include <cstdint>

namespace keepsake {
namespace {

struct Sequence {
  std::size_t length;    // of the whole sequence, 0 if the lead byte can start none
  std::uint32_t lead;    // the bits of the lead byte that count
  std::uint32_t lowest;  // the lowest code point that needs this length
};

Sequence sequence_of(unsigned char lead) {
  if (lead < 0x80) return {1, lead, 0};
  if (lead < 0xc2) return {0, 0, 0};
  if (lead < 0xe0) return {2, lead & 0x1fu, 0x80};
  if (lead < 0xf0) return {3, lead & 0x0fu, 0x800};
  if (lead < 0xf5) return {4, lead & 0x07u, 0x10000};
  return {0, 0, 0};
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}
bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Sequence sequence = sequence_of(static_cast<unsigned char>(text[at]));
    if (sequence.length == 0 || at + sequence.length > text.size()) return false;
    std::uint32_t point = sequence.lead;
    for (std::size_t i = 1; i < sequence.length; ++i) {
      if (!is_continuation(text[at + i])) return false;
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fu);
    }
    if (point < sequence.lowest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false;
    at += sequence.length;
  }
  return true;
}

bool is_clean_text(std::string_view text) {
  const bool controls = std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
  });
  return !controls && is_utf8(text);
}

std::size_t code_points(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_continuation));
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view cut_at(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && is_continuation(text[limit])) --limit;
  return text.substr(0, limit);
}

}  // namespace keepsake

#include "web/size_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/text.h"

namespace keepsake::web {
namespace {

constexpr double gigabyte = 1e9;
constexpr double most_gigabytes = 1e6;

// Digits and separators as Arabic writes them (U+0660 to U+0669, U+06F0 to U+06F9, U+066B), and a comma.
std::string plain_number(std::string_view typed) {
  std::string plain;
  for (std::size_t at = 0; at < typed.size(); ++at) {
    const auto c = static_cast<unsigned char>(typed[at]);
    const auto next = at + 1 < typed.size() ? static_cast<unsigned char>(typed[at + 1]) : 0;
    const bool arabic = c == 0xd9 && next >= 0xa0 && next <= 0xa9;
    const bool persian = c == 0xdb && next >= 0xb0 && next <= 0xb9;
    if (arabic || persian) {
      plain += static_cast<char>('0' + (next & 0x0f));
      ++at;
    } else if (c == ',' || (c == 0xd9 && next == 0xab)) {
      plain += '.';
      at += c == ',' ? 0 : 1;
    } else {
      plain += typed[at];
    }
  }
  return plain;
}

Refusal no_size() {
  return {Refused::invalid, "Please give a number of gigabytes, such as 2 or 0.5.", "gigabytes"};
}

}  // namespace

std::string gigabytes_text(const std::optional<std::int64_t>& bytes) {
  if (!bytes) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", static_cast<double>(*bytes) / gigabyte);
  std::string said(text.data());
  said.erase(said.find_last_not_of('0') + 1);
  if (said.back() == '.') said.pop_back();
  return said;
}

Result<std::optional<std::int64_t>> typed_quota(const Input& typed) {
  if (const auto bytes = typed.number("bytes")) return bytes;
  const std::string text = typed.text_or_empty("gigabytes");
  const std::string number = plain_number(trim(text));
  if (number.empty()) return std::optional<std::int64_t>();
  double value = 0;
  const auto read =
      std::from_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size()) return no_size();
  if (!(value >= 0 && value <= most_gigabytes)) return no_size();
  return std::optional(static_cast<std::int64_t>(std::llround(value * gigabyte)));
}

}  // namespace keepsake::web

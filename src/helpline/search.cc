#include "helpline/search.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace keepsake {
namespace {

std::string folded(std::string_view text) {
  std::string result;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())})
      .foldCase()
      .toUTF8String(result);
  return result;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), is_digit);
  return digits;
}

bool has_number(const Line& line, std::string_view digits) {
  return std::ranges::any_of(line.channels, [&](const Channel& channel) {
    return digits_of(channel.dial).find(digits) != std::string::npos;
  });
}

}  // namespace

bool mentions(const Line& line, std::string_view query, std::string_view more) {
  query = cut_at(trim(query), most_search_bytes);
  const bool number = query.find_first_not_of("0123456789 +-()") == query.npos;
  const std::string digits = digits_of(query);
  if (number && !digits.empty()) return has_number(line, digits);
  std::string text = folded(line.name + "\n" + line.who + "\n" + std::string(more));
  for (const Channel& channel : line.channels) text += "\n" + folded(channel.vanity + " " + channel.number);
  const std::string wanted = folded(query);
  return std::ranges::all_of(split(wanted, ' '),
                             [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace keepsake

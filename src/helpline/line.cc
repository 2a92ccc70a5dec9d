#include "helpline/line.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace keepsake {
namespace {

constexpr std::array<std::string_view, 5> means_words = {"call", "text", "chat", "mail", "web"};
constexpr std::array<std::string_view, 3> sure_words = {"provider", "two", "one"};

template <class Kind, std::size_t size>
std::optional<Kind> parse(const std::array<std::string_view, size>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Kind>(found - words.begin());
}

const std::string& date_of(const Source& source) {
  return source.says.empty() ? source.read : source.says;
}

std::optional<int> number_in(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc() && end == digits.data() + digits.size() && digits.front() != '-';
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string_view word_of(Means means) {
  return means_words.at(static_cast<std::size_t>(means));
}

std::optional<Means> parse_means(std::string_view word) {
  return parse<Means>(means_words, word);
}

std::string_view word_of(Sure sure) {
  return sure_words.at(static_cast<std::size_t>(sure));
}

std::optional<Sure> parse_sure(std::string_view word) {
  return parse<Sure>(sure_words, word);
}

std::string Channel::address() const {
  switch (means) {
    case Means::call:
      return "tel:" + dial;
    // RFC 5724 separates by "?"; keywords are letters and digits, which need no escape.
    case Means::text:
      return "sms:" + dial + (keyword.empty() ? "" : "?body=" + keyword);
    case Means::mail:
      return "mailto:" + dial;
    case Means::chat:
    case Means::web:
      return dial;
  }
  return dial;
}

const Hours* Line::hours_of(const Channel& channel) const {
  if (channel.hours) return &*channel.hours;
  return hours ? &*hours : nullptr;
}

const Source& Line::main_source() const {
  return *std::ranges::max_element(sources, [](const Source& left, const Source& right) {
    return left.own != right.own ? right.own : date_of(left) < date_of(right);
  });
}

const std::string& Line::checked() const {
  return date_of(main_source());
}

std::optional<std::chrono::sys_days> first_day(std::string_view date) {
  const bool parted =
      (date.size() == 4 || (date.size() >= 7 && date[4] == '-')) && (date.size() != 10 || date[7] == '-');
  if (!parted || (date.size() != 4 && date.size() != 7 && date.size() != 10)) return std::nullopt;
  const auto year = number_in(date.substr(0, 4));
  const auto month = date.size() > 4 ? number_in(date.substr(5, 2)) : 1;
  const auto day = date.size() > 7 ? number_in(date.substr(8, 2)) : 1;
  if (!year || !month || !day) return std::nullopt;
  const auto whole = std::chrono::year(*year) / *month / *day;
  return whole.ok() ? std::optional(std::chrono::sys_days(whole)) : std::nullopt;
}

}  // namespace keepsake

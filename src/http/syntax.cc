#include "http/syntax.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace keepsake::http {
namespace {

constexpr std::size_t most_parameters = 16;

constexpr std::array<bool, 256> token_chars = [] {
  std::array<bool, 256> table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// The place of the first `separator` outside quotes, or the end.
std::size_t find_unquoted(std::string_view text, char separator) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (quoted && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == separator && !quoted) {
      return at;
    }
  }
  return text.size();
}

// The text of a quoted string: a backslash escapes a quote or a backslash and is otherwise itself, as
// browsers send Windows paths.
std::optional<std::string> unquote(std::string_view quoted) {
  if (quoted.size() < 2 || quoted.back() != '"') return std::nullopt;
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  std::string text;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    const char next = at + 1 < inner.size() ? inner[at + 1] : '\0';
    if (inner[at] == '"') return std::nullopt;
    if (inner[at] == '\\' && (next == '"' || next == '\\')) ++at;
    text += inner[at];
  }
  return text;
}

std::optional<Parameter> parse_parameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos) return std::nullopt;
  const std::string_view name = text.substr(0, equals);
  const std::string_view value = text.substr(equals + 1);
  if (!is_token(name)) return std::nullopt;
  if (value.starts_with('"')) {
    auto unquoted = unquote(value);
    if (!unquoted) return std::nullopt;
    return Parameter{ascii_lower(name), std::move(*unquoted)};
  }
  if (!is_token(value)) return std::nullopt;
  return Parameter{ascii_lower(name), std::string(value)};
}

}  // namespace

bool is_token_char(char c) {
  return token_chars[static_cast<unsigned char>(c)];
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool same_name(std::string_view left, std::string_view right) {
  return left.size() == right.size() && std::ranges::equal(left, right, {}, lower, lower);
}

std::optional<std::uint64_t> parse_decimal(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::vector<std::string_view> split_list(std::string_view text, char separator, std::size_t most) {
  std::vector<std::string_view> pieces;
  while (!text.empty() && pieces.size() < most) {
    const std::size_t end = find_unquoted(text, separator);
    const std::string_view piece = trim(text.substr(0, end));
    if (!piece.empty()) pieces.push_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

std::optional<std::string_view> Parameterised::find(std::string_view name) const {
  const auto same = [name](const Parameter& parameter) { return parameter.name == name; };
  if (std::ranges::count_if(parameters, same) != 1) return std::nullopt;
  return std::ranges::find_if(parameters, same)->value;
}

std::optional<Parameterised> parse_parameterised(std::string_view text) {
  const std::size_t end = find_unquoted(text, ';');
  Parameterised parsed{trim(text.substr(0, end)), {}};
  if (end == text.size()) return parsed;
  for (const std::string_view piece : split_list(text.substr(end + 1), ';', most_parameters)) {
    auto parameter = parse_parameter(piece);
    if (!parameter) return std::nullopt;
    parsed.parameters.push_back(std::move(*parameter));
  }
  return parsed;
}

int weight(const Parameterised& element) {
  const bool present = std::ranges::any_of(element.parameters, [](auto& each) { return each.name == "q"; });
  if (!present) return 1000;
  return parse_weight(element.find("q").value_or(""));
}

int parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  if (text.size() > 1 && text[1] != '.') return 0;
  int thousandths = (text[0] - '0') * 1000;
  int place = 100;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') return 0;
    thousandths += (digit - '0') * place;
    place /= 10;
  }
  return thousandths <= 1000 ? thousandths : 0;
}

}  // namespace keepsake::http

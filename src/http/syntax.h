#pragma once
// The small pieces of HTTP's grammar that several headers share (RFC 9110 5.6).
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake::http {

// A character of a token (RFC 9110 5.6.2).
bool is_token_char(char c);
// One or more of them.
bool is_token(std::string_view text);
// ASCII letters alone are folded, as header names, codings and media types are compared.
bool same_name(std::string_view left, std::string_view right);
// Digits alone and no overflow.
std::optional<std::uint64_t> parse_decimal(std::string_view digits);

// Cuts at `separator` outside quoted strings; each piece trimmed, empty ones left out; at most `most` pieces.
std::vector<std::string_view> split_list(std::string_view text, char separator, std::size_t most = 64);

struct Parameter {
  std::string name;   // lower case
  std::string value;  // without quotes and escapes
};
// "text/html; q=0.5; title=\"a\"": the value before the first ';' trimmed, and the parameters after it. None
// if a parameter is malformed.
struct Parameterised {
  std::string_view value;
  std::vector<Parameter> parameters;

  // The parameter of that name, if it is there exactly once.
  std::optional<std::string_view> find(std::string_view name) const;
};
std::optional<Parameterised> parse_parameterised(std::string_view text);

// The weight q of an element (RFC 9110 12.4.2) in thousandths, 0 to 1000; 1000 where there is none. A
// malformed weight counts as 0.
int weight(const Parameterised& element);
// The same for the value of q alone: parse_weight("0.5") is 500.
int parse_weight(std::string_view qvalue);

}  // namespace keepsake::http

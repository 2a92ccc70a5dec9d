#pragma once
// The text of addresses and forms (RFC 3986, WHATWG URL 5: application/x-www-form-urlencoded).
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keepsake::http {

// Names and values in the order they came; a name may come more than once.
using Fields = std::vector<std::pair<std::string, std::string>>;

// The first value of that name.
std::optional<std::string_view> find_field(const Fields& fields, std::string_view name);

// One path segment or other piece of an address, decoded; '+' stays. None for a bad escape, a NUL or anything
// that is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text);

// Everything but the unreserved characters (RFC 3986 2.3) escaped: fit for a path segment and a query value.
std::string percent_encode(std::string_view text);

// The segments of an absolute path, each decoded: "/a/b%20c" gives {"a", "b c"}, "/" gives {}, "/a/" ends
// with an empty one. None if it does not start with '/', has more than 32 segments, or one cannot be decoded,
// is "." or "..", or holds a '/' once decoded.
std::optional<std::vector<std::string>> path_segments(std::string_view path);

// A query or the body of a form; '+' is a space. None if a piece cannot be decoded or there are more than
// `most` fields.
std::optional<Fields> parse_form(std::string_view text, std::size_t most = 256);

}  // namespace keepsake::http

#pragma once
// What the reader would rather have (RFC 9110 12.5.1 and 12.5.4), with weights.
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "http/message.h"

namespace keepsake::http {

// The one of `offered` ("text/html", in the server's order) that the Accept headers weigh highest; of equals
// the one named more exactly, then the earlier. So {"image/jpeg", "image/webp"} gives WebP to a browser that
// names it and JPEG to one that takes anything. No Accept header accepts all. None if all are refused.
std::optional<std::string_view> best_media_type(const Headers& headers,
                                                std::initializer_list<std::string_view> offered);
// The same for the value of one Accept header.
std::optional<std::string_view> best_media_type(std::string_view accept,
                                                std::initializer_list<std::string_view> offered);

// The one of `offered` (BCP 47 tags) that fits the language ranges of the Accept-Language headers best, by
// lookup (RFC 4647 3.4): the range of the highest weight is shortened from its end until it fits; then the
// next. "*" and ranges that are not wanted (q=0) fit nothing. None where nothing fits.
std::optional<std::string_view> best_language(const Headers& headers,
                                              std::span<const std::string_view> offered);
// The same for the value of one Accept-Language header.
std::optional<std::string_view> best_language(std::string_view accept_language,
                                              std::span<const std::string_view> offered);

// The region subtag ("NZ", as it is written) of the language range that Accept-Language weighs highest, or,
// where that one names none, of the next range of the same language; empty where there is none.
std::string_view wanted_region(const Headers& headers);
std::string_view wanted_region(std::string_view accept_language);

// Whether a Content-Type names this media type, whatever its parameters: is_media_type("text/html;
// charset=x", "text/html").
bool is_media_type(std::string_view content_type, std::string_view media_type);

}  // namespace keepsake::http

#pragma once
// What a file is that somebody hands over, told by its first bytes alone: nothing is decoded, and no name is
// believed. What is told here is kept, whether or not it can be shown.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace keepsake::media {

// How many bytes of a file's start are enough to tell.
inline constexpr std::size_t prefix = 64;

// The media type (RFC 6838) of a picture, a film, a sound or a PDF; nothing for anything else, such as text,
// pages, programs and archives.
std::optional<std::string_view> type_of(ByteView start);

// How names of such files end, with the dot: ".jpg" for "image/jpeg".
std::string ending_of(std::string_view media_type);

// A file's name as its sender's device says it, made fit to be given back: without folders, control
// characters and what is no UTF-8, at most 200 bytes; may be empty.
std::string clean_name(std::string_view name);

}  // namespace keepsake::media

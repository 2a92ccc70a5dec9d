#include "person/person.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace keepsake {
namespace {

// Names that would speak for the instance, or for nobody.
constexpr std::array kept_back = {
    "abuse",    "admin",     "administrator", "all",        "anonymous", "anyone",   "api",
    "assets",   "deleted",   "everyone",      "followers",  "guest",     "help",     "helpline",
    "host",     "hosts",     "invite",        "keepsake",   "login",     "mail",     "me",
    "members",  "mod",       "moderator",     "nobody",     "noreply",   "no-reply", "null",
    "official", "owner",     "person",        "postmaster", "press",     "public",   "root",
    "security", "setup",     "sign-in",       "signin",     "sign-out",  "staff",    "support",
    "system",   "undefined", "unknown",       "user",       "webmaster", "www",      "you",
};

struct Range {
  char32_t first, last;
};

// Unicode's Bidi_Control, line and paragraph separators, C1 controls, tags and noncharacters: nothing a name
// needs, all of them able to disturb the text around it.
constexpr std::array refused_points = {
    Range{0x80, 0x9f},     Range{0x61c, 0x61c},   Range{0x200e, 0x200f},
    Range{0x2028, 0x202e}, Range{0x2066, 0x206f}, Range{0xfdd0, 0xfdef},
    Range{0xfff9, 0xfffb}, Range{0xfffe, 0xffff}, Range{0xe0000, 0xe007f},
};

// Code points that show nothing by themselves.
constexpr std::array invisible_points = {
    Range{0x20, 0x20},     Range{0xa0, 0xa0},       Range{0xad, 0xad},       Range{0x34f, 0x34f},
    Range{0x115f, 0x1160}, Range{0x1680, 0x1680},   Range{0x17b4, 0x17b5},   Range{0x180b, 0x180f},
    Range{0x2000, 0x200d}, Range{0x202f, 0x202f},   Range{0x205f, 0x2065},   Range{0x2800, 0x2800},
    Range{0x3000, 0x3000}, Range{0x3164, 0x3164},   Range{0xfe00, 0xfe0f},   Range{0xfeff, 0xfeff},
    Range{0xffa0, 0xffa0}, Range{0x1d173, 0x1d17a}, Range{0xe0100, 0xe01ef},
};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [point](Range range) { return point >= range.first && point <= range.last; });
}

// Takes the first code point off well-formed text.
char32_t take_point(std::string_view& text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  char32_t point = length == 1 ? byte(0) : byte(0) & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(i) & 0x3fu);
  text.remove_prefix(length);
  return point;
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool may_follow(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

Refusal no_name(std::string sentence) {
  return {Refused::invalid, std::move(sentence), "name"};
}
Refusal no_display_name(std::string sentence) {
  return {Refused::invalid, std::move(sentence), "display_name"};
}

}  // namespace

bool is_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 32 && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), may_follow);
}

std::string typed_name(std::string_view typed) {
  typed = trim(typed);
  if (typed.starts_with('@')) typed.remove_prefix(1);
  return ascii_lower(typed);
}

Result<std::string> new_name(std::string_view typed) {
  std::string name = typed_name(typed);
  if (!is_name(name)) {
    return no_name(
        "A name is 2 to 32 characters long, begins with a letter from a to z, and has only letters, digits, "
        "- "
        "and _ after that.");
  }
  if (std::find(kept_back.begin(), kept_back.end(), name) != kept_back.end())
    return no_name("This name is kept back. Please choose another.");
  return name;
}

Result<std::string> new_display_name(std::string_view typed) {
  const std::string_view name = trim(typed);
  if (name.empty()) return no_display_name("Please give a name to be shown.");
  if (name.size() > 80 * 4 || !is_clean_text(name) || name.find_first_of("\t\r\n") != name.npos)
    return no_display_name("This name cannot be taken: it is too long or holds characters that are no text.");
  if (code_points(name) > 80) return no_display_name("The name to be shown has at most 80 characters.");
  bool visible = false;
  for (std::string_view rest = name; !rest.empty();) {
    const char32_t point = take_point(rest);
    if (within(refused_points, point))
      return no_display_name("This name holds a character that changes how the text around it is shown.");
    visible = visible || !within(invisible_points, point);
  }
  if (!visible) return no_display_name("This name would not be seen. Please give one that shows.");
  return std::string(name);
}

}  // namespace keepsake

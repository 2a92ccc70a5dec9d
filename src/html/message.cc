#include "html/message.h"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include "html/direction.h"
#include "html/locale.h"

namespace keepsake::html {
namespace {

constexpr char16_t first_strong_isolate = 0x2068;
constexpr char16_t pop_isolate = 0x2069;

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string narrow(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

bool has_right_to_left(const icu::UnicodeString& text) {
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UCharDirection direction = u_charDirection(text.char32At(at));
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
  }
  return false;
}

std::set<std::string, std::less<>> names_in(const icu::MessagePattern& pattern) {
  std::set<std::string, std::less<>> names;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) names.insert(narrow(pattern.getSubstring(part)));
  }
  return names;
}

}  // namespace

struct Message::Parsed {
  Parsed(const icu::UnicodeString& pattern, std::string_view language, UErrorCode& error)
      : right_to_left(direction_of(language) == "rtl"),
        text(narrow(pattern)),
        format(pattern, locale_of(language), error) {}

  icu::Formattable value(const Filled& filled) const {
    if (const auto* number = std::get_if<std::int64_t>(&filled.value)) return icu::Formattable(*number);
    icu::UnicodeString shown = wide(std::get<std::string_view>(filled.value));
    if (right_to_left || has_right_to_left(shown)) shown.insert(0, first_strong_isolate).append(pop_isolate);
    return icu::Formattable(shown);
  }

  const bool right_to_left;
  const std::string text;
  std::mutex mutex;  // ICU makes a message's parts at their first use
  icu::MessageFormat format;
};

Message::Message(std::string_view language, std::string_view pattern) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString text = wide(pattern);
  parsed_ = std::make_unique<Parsed>(text, language, error);
  const icu::MessagePattern parts(text, nullptr, error);
  if (U_FAILURE(error)) throw std::runtime_error("words: malformed: " + std::string(pattern));
  names_ = names_in(parts);
}

Message::~Message() = default;

std::string Message::fill(std::span<const Filled> filled) const {
  const auto fault = [this](std::string_view why, std::string_view name) {
    return std::logic_error("words \"" + parsed_->text + "\"" + std::string(why) + std::string(name));
  };
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const Filled& each : filled) {
    if (!names_.contains(each.name)) throw fault(" have no place for ", each.name);
    names.push_back(wide(each.name));
    values.push_back(parsed_->value(each));
  }
  for (const std::string& name : names_) {
    const auto named = [&](const Filled& each) { return each.name == name; };
    if (std::none_of(filled.begin(), filled.end(), named)) throw fault(" have nothing for ", name);
  }
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString said;
  const std::lock_guard lock(parsed_->mutex);
  parsed_->format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), said, error);
  if (U_FAILURE(error)) throw fault(" cannot be filled: ", u_errorName(error));
  return narrow(said);
}

}  // namespace keepsake::html

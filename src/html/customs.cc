#include "html/customs.h"

#include <unicode/coll.h>
#include <unicode/datefmt.h>
#include <unicode/listformatter.h>
#include <unicode/timezone.h>

#include <chrono>
#include <stdexcept>

#include "html/locale.h"

namespace keepsake::html {
namespace {

// ICU has its data in a library beside its own: without it nothing of this is possible.
void check(UErrorCode error, const char* what) {
  if (U_FAILURE(error))
    throw std::runtime_error(std::string("ICU cannot ") + what + ": " + u_errorName(error));
}

std::unique_ptr<icu::DateFormat> date_format(const icu::Locale& locale) {
  std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
  if (!format) throw std::runtime_error("ICU cannot write days");
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

}  // namespace

struct Customs::Made {
  std::mutex mutex;
  std::unique_ptr<icu::DateFormat> days;
  std::unique_ptr<icu::ListFormatter> lists;
  std::once_flag ordered;
  std::unique_ptr<icu::Collator> order;
};

Customs::Customs(std::string_view language) : language_(language), made_(std::make_unique<Made>()) {}
Customs::~Customs() = default;

std::string Customs::day(Time time) const {
  using std::chrono::milliseconds;
  const auto since = std::chrono::duration_cast<milliseconds>(time.time_since_epoch()).count();
  const std::lock_guard lock(made_->mutex);
  if (!made_->days) made_->days = date_format(locale_of(language_));
  icu::UnicodeString said;
  made_->days->format(static_cast<UDate>(since), said);
  std::string text;
  return said.toUTF8String(text);
}

std::string Customs::list(const std::vector<std::string>& parts) const {
  std::vector<icu::UnicodeString> wide;
  for (const std::string& part : parts) wide.push_back(icu::UnicodeString::fromUTF8(piece(part)));
  UErrorCode error = U_ZERO_ERROR;
  const std::lock_guard lock(made_->mutex);
  if (!made_->lists) made_->lists.reset(icu::ListFormatter::createInstance(locale_of(language_), error));
  check(error, "write lists");
  icu::UnicodeString said;
  made_->lists->format(wide.data(), static_cast<std::int32_t>(wide.size()), said, error);
  check(error, "write a list");
  std::string text;
  return said.toUTF8String(text);
}

bool Customs::before(std::string_view left, std::string_view right) const {
  std::call_once(made_->ordered, [this] {
    UErrorCode error = U_ZERO_ERROR;
    made_->order.reset(icu::Collator::createInstance(locale_of(language_), error));
    check(error, "order names");
  });
  UErrorCode error = U_ZERO_ERROR;
  const UCollationResult order = made_->order->compareUTF8(piece(left), piece(right), error);
  check(error, "order names");
  return order == UCOL_LESS;
}

}  // namespace keepsake::html

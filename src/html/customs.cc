#include "html/customs.h"

#include <unicode/coll.h>
#include <unicode/datefmt.h>
#include <unicode/listformatter.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/timezone.h>

#include <chrono>
#include <iterator>
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

std::unique_ptr<icu::DateFormat> short_date_format(const icu::Locale& locale) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createInstanceForSkeleton("MMMd", locale, error));
  check(error, "write short days");
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

std::string said_by(icu::DateFormat& format, Time time) {
  using std::chrono::milliseconds;
  const auto since = std::chrono::duration_cast<milliseconds>(time.time_since_epoch()).count();
  icu::UnicodeString said;
  format.format(static_cast<UDate>(since), said);
  std::string text;
  return said.toUTF8String(text);
}

struct Unit {
  double bytes;
  icu::MeasureUnit (*unit)();
};
constexpr Unit units[] = {
    {1e12, [] { return icu::MeasureUnit::getTerabyte(); }},
    {1e9, [] { return icu::MeasureUnit::getGigabyte(); }},
    {1e6, [] { return icu::MeasureUnit::getMegabyte(); }},
    {1e3, [] { return icu::MeasureUnit::getKilobyte(); }},
    {1, [] { return icu::MeasureUnit::getByte(); }},
};

// What rounds up to a thousand of one unit is one of the next.
const Unit& unit_of(double bytes) {
  for (const Unit& unit : units)
    if (bytes >= unit.bytes * 0.9995) return unit;
  return std::end(units)[-1];
}

std::string text_of(const icu::number::FormattedNumber& number, UErrorCode error) {
  check(error, "write numbers");
  std::string text;
  number.toString(error).toUTF8String(text);
  check(error, "write numbers");
  return text;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

}  // namespace

struct Customs::Made {
  std::mutex mutex;
  std::unique_ptr<icu::DateFormat> days, short_days;
  std::unique_ptr<icu::ListFormatter> lists;
  std::once_flag ordered;
  std::unique_ptr<icu::Collator> order;
};

Customs::Customs(std::string_view language) : language_(language), made_(std::make_unique<Made>()) {}
Customs::~Customs() = default;

std::string Customs::day(Time time) const {
  const std::lock_guard lock(made_->mutex);
  if (!made_->days) made_->days = date_format(locale_of(language_));
  return said_by(*made_->days, time);
}

std::string Customs::short_day(Time time) const {
  const std::lock_guard lock(made_->mutex);
  if (!made_->short_days) made_->short_days = short_date_format(locale_of(language_));
  return said_by(*made_->short_days, time);
}

std::string Customs::size(std::int64_t bytes) const {
  const auto exact = static_cast<double>(bytes);
  const Unit& unit = unit_of(exact);
  const double amount = exact / unit.bytes;
  UErrorCode error = U_ZERO_ERROR;
  const auto said = icu::number::NumberFormatter::withLocale(locale_of(language_))
                        .unit(unit.unit())
                        .unitWidth(UNUM_UNIT_WIDTH_SHORT)
                        .precision(icu::number::Precision::maxFraction(amount < 9.95 ? 1 : 0))
                        .formatDouble(amount, error);
  return text_of(said, error);
}

std::string Customs::number(std::int64_t number) const {
  UErrorCode error = U_ZERO_ERROR;
  const auto said = icu::number::NumberFormatter::withLocale(locale_of(language_)).formatInt(number, error);
  return text_of(said, error);
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

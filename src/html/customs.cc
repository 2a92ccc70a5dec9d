#include "html/customs.h"

#include <unicode/coll.h>
#include <unicode/datefmt.h>
#include <unicode/dtfmtsym.h>
#include <unicode/listformatter.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>

#include <chrono>
#include <iterator>
#include <span>
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

// `skeleton` names what is written and how long it is (Unicode UTS 35, part 4, section 2.2).
std::unique_ptr<icu::DateFormat> date_format(const icu::Locale& locale, const char* skeleton) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createInstanceForSkeleton(skeleton, locale, error));
  check(error, "write dates");
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

// Hours alone only where the clock has two halves: "11 pm", but "23:00".
std::unique_ptr<icu::DateFormat> clock_format(const icu::Locale& locale, bool whole_hour) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createInstanceForSkeleton("jmm", locale, error));
  check(error, "write times of day");
  icu::UnicodeString pattern;
  if (auto* const simple = dynamic_cast<icu::SimpleDateFormat*>(format.get())) simple->toPattern(pattern);
  if (whole_hour && pattern.indexOf(u'a') >= 0)
    format.reset(icu::DateFormat::createInstanceForSkeleton("j", locale, error));
  check(error, "write times of day");
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

std::string utf8(const icu::UnicodeString& wide) {
  std::string text;
  return wide.toUTF8String(text);
}

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
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
  std::unique_ptr<icu::DateFormat> days, months, short_days, hours, minutes;
  std::unique_ptr<icu::TimeZoneNames> zones;
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

std::string Customs::month(Time time) const {
  const std::lock_guard lock(made_->mutex);
  if (!made_->months) made_->months = date_format(locale_of(language_), "yMMMM");
  return said_by(*made_->months, time);
}

std::string Customs::short_day(Time time) const {
  const std::lock_guard lock(made_->mutex);
  if (!made_->short_days) made_->short_days = date_format(locale_of(language_), "MMMd");
  return said_by(*made_->short_days, time);
}

std::string Customs::clock(int minutes) const {
  const std::lock_guard lock(made_->mutex);
  auto& format = minutes % 60 == 0 ? made_->hours : made_->minutes;
  if (!format) format = clock_format(locale_of(language_), minutes % 60 == 0);
  return said_by(*format, Time(std::chrono::minutes(minutes)));
}

std::string Customs::weekday(int day) const {
  UErrorCode error = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale_of(language_), error);
  check(error, "name the days of the week");
  std::int32_t count = 0;
  const icu::UnicodeString* const names =
      symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  const std::span all(names, static_cast<std::size_t>(count));
  const auto after_sunday = static_cast<std::size_t>(day + 1) % 7;
  return utf8(all[UCAL_SUNDAY + after_sunday]);
}

std::string Customs::country(std::string_view code) const {
  icu::UnicodeString name;
  icu::Locale("", std::string(code).c_str()).getDisplayCountry(locale_of(language_), name);
  return name.isEmpty() ? std::string(code) : utf8(name);
}

std::string Customs::city(std::string_view zone) const {
  const std::lock_guard lock(made_->mutex);
  UErrorCode error = U_ZERO_ERROR;
  if (!made_->zones) made_->zones.reset(icu::TimeZoneNames::createInstance(locale_of(language_), error));
  check(error, "name time zones");
  icu::UnicodeString name;
  made_->zones->getExemplarLocationName(wide(zone), name);
  return utf8(name);
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
  std::vector<icu::UnicodeString> all;
  for (const std::string& part : parts) all.push_back(wide(part));
  UErrorCode error = U_ZERO_ERROR;
  const std::lock_guard lock(made_->mutex);
  if (!made_->lists) made_->lists.reset(icu::ListFormatter::createInstance(locale_of(language_), error));
  check(error, "write lists");
  icu::UnicodeString said;
  made_->lists->format(all.data(), static_cast<std::int32_t>(all.size()), said, error);
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

// A helpline's record and hours in a form: taken or refused with a sentence; what is taken is written and
// taken again as the same, what it dials is one address, and whether it is open holds until its turn.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz/targets.h"
#include "helpline/hours_text.h"
#include "helpline/line_text.h"
#include "helpline/oddities.h"

namespace keepsake::fuzz {
namespace {

// From 2020 on, for twenty years, to the second: as the bytes say.
Time time_of(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = number * 257 + static_cast<unsigned char>(c);
  const std::chrono::seconds within(number % (20 * 365 * std::uint64_t(24 * 60 * 60)));
  return Time(std::chrono::sys_days(std::chrono::year(2020) / 1 / 1) + within);
}

void check_opening(const Hours& hours, Time now) {
  const auto opening = opening_at(hours, now);
  must(opening.has_value() == (hours.always || is_zone(hours.zone)), "a known zone has hours, no other has");
  if (!opening) return;
  must(opening->until > now, "what is said holds for a while");
  if (!opening->turn) return;
  const Turn& turn = *opening->turn;
  must(turn.at > now && opening->until <= turn.at, "a turn is to come");
  must(turn.minutes >= 0 && turn.minutes < 24 * 60 && turn.weekday >= 0 && turn.weekday < 7, "a time of day");
  must(turn.days_ahead >= 0 && turn.days_ahead <= 15, "within two weeks");
  must(opening_at(hours, now + (turn.at - now) / 2)->open == opening->open, "nothing turns before");
  must(opening_at(hours, turn.at)->open != opening->open, "and then it does");
}

void check_channel(const Line& line, const Channel& channel, Time now) {
  const std::string address = channel.address();
  constexpr std::string_view schemes[] = {"tel:", "sms:", "mailto:", "https://"};
  must(std::ranges::any_of(schemes, [&](std::string_view scheme) { return address.starts_with(scheme); }),
       "a channel opens a telephone, a mail or the web");
  must(address.find_first_of("\"'<> \n") == address.npos, "an address ends where it ends");
  if (const Hours* hours = line.hours_of(channel)) check_opening(*hours, now);
}

void check_line(const Line& line, Time now) {
  const std::string written = line_text(line);
  if (written.size() <= most_line_bytes) {
    const auto again = parse_line(written);
    must(!again.refused(), "what was taken is taken again");
    must(line_text(again.value()) == written, "and is the same");
  }
  must(written.find('\n') == written.npos, "a record is one line");
  must(first_day(line.checked()).has_value(), "a record bears a date");
  must(!line.main_source().address.empty(), "and has a source");
  for (const Channel& channel : line.channels) check_channel(line, channel, now);
  const auto today = std::chrono::floor<std::chrono::days>(now);
  for (const Oddity& oddity : oddities_of(line, today, std::chrono::months(18)))
    must(!oddity.sentence.empty() && oddity.id == line.id, "what is odd is said in a sentence");
}

void check_hours(std::string_view zone, std::string_view text, Time now) {
  const auto hours = parse_hours(text, std::string(zone));
  if (hours.refused()) return must(!hours.refusal().sentence.empty(), "a refusal has a sentence");
  const std::string written = hours_text(hours.value());
  const auto again = parse_hours(written, std::string(zone));
  must(!again.refused() && hours_text(again.value()) == written, "hours are written as they were taken");
  check_opening(hours.value(), now);
}

}  // namespace

// A record, or "ZONE|HOURS"; behind the end of the line the moment.
void helpline(ByteView input) {
  const std::string_view text = as_text(input);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view said = text.substr(0, end);
  const Time now = time_of(text.substr(end));
  if (const std::size_t bar = said.find('|'); bar != said.npos && !said.starts_with('{'))
    return check_hours(said.substr(0, bar), said.substr(bar + 1), now);
  const auto line = parse_line(said);
  if (line.refused()) return must(!line.refusal().sentence.empty(), "a refusal has a sentence");
  check_line(line.value(), now);
}

}  // namespace keepsake::fuzz

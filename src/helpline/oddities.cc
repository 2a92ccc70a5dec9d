#include "helpline/oddities.h"

#include <algorithm>
#include <map>
#include <set>

namespace keepsake {
namespace {

using std::chrono::sys_days;
using Weight = Oddity::Weight;

// No subscriber's number is shorter in its international form, country code and all, than those of the
// smallest countries of our data; a made-up short code is.
constexpr std::size_t fewest_international_digits = 9;

class Found {
 public:
  explicit Found(const std::string& id) : id_(id) {}
  void grave(std::string sentence) { all_.push_back({Weight::grave, id_, std::move(sentence)}); }
  void mild(std::string sentence) { all_.push_back({Weight::mild, id_, std::move(sentence)}); }
  std::vector<Oddity> take() { return std::move(all_); }

 private:
  const std::string& id_;
  std::vector<Oddity> all_;
};

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

bool is_telephone(const Channel& channel) {
  return channel.means == Means::call || channel.means == Means::text;
}

// The harmonised services of social value of the EU, 116 and three digits (Decision 2007/116/EC), behind a
// country code of one to three digits.
bool hides_harmonised_code(std::string_view digits) {
  return digits.size() >= 7 && digits.size() <= 9 && digits.substr(digits.size() - 6, 3) == "116";
}

void check_number(Found& found, const Channel& channel) {
  const std::string dialled = digits_of(channel.dial), shown = digits_of(channel.number);
  const bool international = channel.dial.starts_with('+');
  if (international && (dialled.size() < fewest_international_digits || hides_harmonised_code(dialled)))
    found.grave(channel.dial + " is a made-up international form of a short code: no telephone reaches it.");
  if (international && channel.number.find('+') == channel.number.npos)
    found.grave(channel.dial + " is an international form that was not published.");
  if (dialled != shown && !(international && channel.number.find("(0)") != channel.number.npos))
    found.grave("It shows " + channel.number + " and dials " + channel.dial + ".");
}

std::string host_of(std::string_view address) {
  address.remove_prefix(std::min(address.size(), std::string_view("https://").size()));
  std::string_view host = address.substr(0, address.find('/'));
  if (host.starts_with("www.")) host.remove_prefix(4);
  // Several repositories of one host are several sources.
  if (host == "github.com") return std::string(address.substr(0, address.find('/', host.size() + 1)));
  return std::string(host);
}

void check_sureness(Found& found, const Line& line) {
  if (line.sources.empty()) return found.grave("No source bears it out.");
  std::set<std::string> hosts;
  for (const Source& source : line.sources) hosts.insert(host_of(source.address));
  if (line.sure == Sure::provider && !std::ranges::any_of(line.sources, &Source::own))
    found.grave("It is said to be confirmed by the provider, and no source is the provider’s own.");
  if (line.sure == Sure::two && hosts.size() < 2)
    found.grave("It is said to be borne out by two sources, and they are of one place.");
  for (const Source& source : line.sources)
    if (source.quote.empty()) found.mild("The words of " + source.address + " are not kept.");
}

bool overlap(const Hours& hours) {
  for (std::size_t i = 0; i < hours.week.size(); ++i) {
    for (std::size_t j = i + 1; j < hours.week.size(); ++j) {
      const WeekSpell &left = hours.week[i], &right = hours.week[j];
      if ((left.days & right.days) && left.spell.from < right.spell.to && right.spell.from < left.spell.to)
        return true;
    }
  }
  return false;
}

void check_hours(Found& found, const Hours& hours) {
  if (hours.always) return;
  if (!is_zone(hours.zone)) found.grave("The time zone " + hours.zone + " is not known here.");
  if (overlap(hours)) found.mild("Its hours overlap.");
}

bool has_markup(std::string_view text) {
  return text.find_first_of("<>") != text.npos || text.find("&lt;") != text.npos ||
         text.find("](") != text.npos;
}

void check_dates(Found& found, const Line& line, sys_days today) {
  for (const Source& source : line.sources)
    for (const std::string& date : {source.says, source.read})
      if (const auto day = first_day(date); day && *day > today + std::chrono::days(1))
        found.grave("A source bears a date that has not come yet: " + date + ".");
}

}  // namespace

bool is_stale(const Line& line, sys_days today, std::chrono::months limit) {
  const auto day = first_day(line.checked());
  const std::chrono::year_month_day oldest = std::chrono::year_month_day(today) - limit;
  // The 31st of a shorter month is the first of the next.
  return !day || *day < sys_days(oldest);
}

std::vector<Oddity> oddities_of(const Line& line, sys_days today, std::chrono::months limit) {
  Found found(line.id);
  for (const Channel& channel : line.channels) {
    if (is_telephone(channel)) check_number(found, channel);
    if (channel.hours) check_hours(found, *channel.hours);
    for (const std::string& text : {channel.number, channel.vanity})
      if (has_markup(text)) found.grave("There is markup in it.");
  }
  if (line.hours) check_hours(found, *line.hours);
  for (const std::string& text : {line.name, line.who, line.cost, line.differs})
    if (has_markup(text)) found.grave("There is markup in it.");
  check_sureness(found, line);
  check_dates(found, line, today);
  if (is_stale(line, today, limit)) found.mild("It was last checked " + line.checked() + ".");
  return found.take();
}

std::vector<Oddity> shared_among(const std::vector<Line>& lines) {
  std::vector<Oddity> all;
  std::set<std::string_view> ids;
  std::map<std::string, const Line*> numbers;
  for (std::size_t place = 0; place < lines.size(); ++place) {
    const Line& line = lines[place];
    if (!ids.insert(line.id).second)
      all.push_back({Weight::grave, line.id, "Another record has its id.", place});
    for (const Channel& channel : line.channels) {
      if (!is_telephone(channel)) continue;
      const std::string key = line.country + " " + std::string(word_of(channel.means)) + " " + channel.dial +
                              " " + channel.keyword;
      const auto [first, fresh] = numbers.emplace(key, &line);
      if (!fresh && first->second != &line)
        all.push_back({Weight::mild, line.id,
                       first->second->id + " has the same number, " + channel.number + ".", place});
    }
  }
  return all;
}

std::vector<Oddity> oddities_of(const std::vector<Line>& lines, sys_days today, std::chrono::months limit) {
  std::vector<Oddity> all = shared_among(lines);
  for (std::size_t place = 0; place < lines.size(); ++place) {
    for (Oddity& oddity : oddities_of(lines[place], today, limit)) {
      oddity.place = place;
      all.push_back(std::move(oddity));
    }
  }
  std::ranges::stable_sort(all, {}, &Oddity::place);
  return all;
}

}  // namespace keepsake

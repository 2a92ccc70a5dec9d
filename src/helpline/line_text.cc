#include "helpline/line_text.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <cstdio>

#include "base/text.h"
#include "helpline/hours_text.h"

namespace keepsake {
namespace {

namespace json = boost::json;

constexpr std::size_t most_listed = most_spells, most_text = 500;

// What a record lacks or has wrong, on its way out of the readers below.
struct Wrong {
  std::string field, sentence;
};

[[noreturn]] void wrong(std::string field, std::string sentence) {
  throw Wrong{std::move(field), std::move(sentence)};
}

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

std::string joined(std::string_view place, std::string_view name) {
  return place.empty() ? std::string(name) : std::string(place) + "." + std::string(name);
}

// An object whose members are taken one by one; what is left at the end is unknown.
class Members {
 public:
  Members(const json::value& value, std::string place) : place_(std::move(place)) {
    if (!value.is_object()) wrong(place_, "This must be an object.");
    object_ = &value.get_object();
  }

  std::string at(std::string_view name) const { return joined(place_, name); }
  const json::value* find(std::string_view name) {
    const json::value* const found = object_->if_contains(json::string_view(name.data(), name.size()));
    if (found) ++taken_;
    return found;
  }
  const json::value& need(std::string_view name) {
    const json::value* const found = find(name);
    if (!found) wrong(at(name), "This is missing.");
    return *found;
  }
  std::string text(const json::value& value, std::string_view name) const {
    if (!value.is_string()) wrong(at(name), "This must be text.");
    const std::string_view said = view(value.get_string());
    if (trim(said).empty() || trim(said) != said)
      wrong(at(name), "This text is empty or has space around it.");
    if (said.size() > most_text || !is_clean_text(said) || said.find_first_of("<>\n\t") != said.npos)
      wrong(at(name), "This text is too long or has characters that cannot stand there.");
    return std::string(said);
  }
  std::string need_text(std::string_view name) { return text(need(name), name); }
  std::string text_or_empty(std::string_view name) {
    const json::value* const found = find(name);
    return found ? text(*found, name) : std::string();
  }
  bool flag(std::string_view name) {
    const json::value* const found = find(name);
    if (found && !found->is_bool()) wrong(at(name), "This must be true or false.");
    return found && found->get_bool();
  }
  // Calls take(value, "name.3") for each of a list; an absent one is empty.
  template <class Take>
  void each(std::string_view name, Take&& take) {
    const json::value* const found = find(name);
    if (!found) return;
    if (!found->is_array() || found->get_array().size() > most_listed)
      wrong(at(name), "This must be a list of no more than 40.");
    std::size_t number = 0;
    for (const json::value& value : found->get_array())
      take(value, at(name) + "." + std::to_string(number++));
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> all;
    each(name,
         [&](const json::value& value, const std::string& place) { all.push_back(text(value, place)); });
    return all;
  }
  void end() const {
    if (taken_ != object_->size()) wrong(place_, "A field here is one that no record has.");
  }

 private:
  const json::object* object_ = nullptr;
  std::string place_;
  std::size_t taken_ = 0;
};

Spell read_spell(Members& members) {
  const std::string from = members.need_text("from"), to = members.need_text("to");
  const auto spell = parse_spell(from, to);
  if (!spell)
    wrong(members.at("to"), "These are no hours: from 00:00 to 24:00, and not from and to the same.");
  return *spell;
}

OtherDay read_other_day(const json::value& value, const std::string& place) {
  Members members(value, place);
  const std::string date = members.need_text("date");
  OtherDay other;
  // 2024 is a leap year: the 29th of February may stand there.
  const auto whole = first_day(date.size() == 5 ? "2024-" + date : date);
  if (!whole || (date.size() != 5 && date.size() != 10)) wrong(members.at("date"), "There is no such day.");
  const std::chrono::year_month_day day(*whole);
  if (date.size() == 10) other.year = static_cast<int>(day.year());
  other.month = static_cast<unsigned>(day.month());
  other.day = static_cast<unsigned>(day.day());
  const bool closed = members.flag("closed");
  members.each("open", [&](const json::value& each, const std::string& at) {
    Members spell(each, at);
    other.spells.push_back(read_spell(spell));
    spell.end();
  });
  if (closed == !other.spells.empty()) wrong(place, "A day is either closed or has hours.");
  members.end();
  return other;
}

Hours read_hours(const json::value& value, const std::string& place) {
  Hours hours;
  if (value.is_string() && view(value.get_string()) == "always") {
    hours.always = true;
    return hours;
  }
  Members members(value, place);
  hours.zone = members.need_text("zone");
  members.each("open", [&](const json::value& each, const std::string& at) {
    Members spell(each, at);
    const unsigned days = parse_days(spell.need_text("days"));
    if (days == 0) wrong(spell.at("days"), "These are no days of the week.");
    hours.week.push_back({days, read_spell(spell)});
    spell.end();
  });
  if (hours.week.empty()) wrong(members.at("open"), "This is missing.");
  members.each("except", [&](const json::value& each, const std::string& at) {
    hours.others.push_back(read_other_day(each, at));
  });
  const std::string holidays = members.text_or_empty("holidays");
  if (!holidays.empty() && holidays != "closed")
    wrong(members.at("holidays"), "This can only be \"closed\".");
  hours.closed_on_holidays = !holidays.empty();
  members.end();
  return hours;
}

std::optional<Hours> read_hours_of(Members& members) {
  const json::value* const found = members.find("hours");
  return found ? std::optional(read_hours(*found, members.at("hours"))) : std::nullopt;
}

bool is_dial(std::string_view dial) {
  const std::string_view digits = dial.starts_with('+') ? dial.substr(1) : dial;
  return digits.size() >= 2 && digits.size() <= 15 &&
         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_web_address(std::string_view address) {
  return address.starts_with("https://") && address.size() > 10 && address.find(' ') == address.npos &&
         address.find_first_of("\"'\\") == address.npos;
}

bool is_mail_address(std::string_view address) {
  const std::size_t at = address.find('@');
  return at != address.npos && at > 0 && at + 1 < address.size() &&
         address.find_first_of(" \"'\\?&") == address.npos;
}

bool fits(Means means, std::string_view dial) {
  switch (means) {
    case Means::call:
    case Means::text:
      return is_dial(dial);
    case Means::mail:
      return is_mail_address(dial);
    case Means::chat:
    case Means::web:
      return is_web_address(dial);
  }
  return false;
}

Channel read_channel(const json::value& value, const std::string& place) {
  Members members(value, place);
  Channel channel;
  const auto means = parse_means(members.need_text("kind"));
  if (!means) wrong(members.at("kind"), "This can be call, text, chat, mail or web.");
  channel.means = *means;
  channel.number = members.need_text("number");
  channel.dial = members.need_text("dial");
  if (!fits(*means, channel.dial)) wrong(members.at("dial"), "This cannot be dialled or opened.");
  channel.vanity = members.text_or_empty("vanity");
  channel.keyword = members.text_or_empty("keyword");
  if (!std::ranges::all_of(channel.keyword, [](unsigned char c) { return std::isalnum(c) != 0; }))
    wrong(members.at("keyword"), "A keyword is letters and digits.");
  channel.hours = read_hours_of(members);
  members.end();
  return channel;
}

Source read_source(const json::value& value, const std::string& place) {
  Members members(value, place);
  Source source;
  source.address = members.need_text("address");
  if (!is_web_address(source.address) && !source.address.starts_with("http://"))
    wrong(members.at("address"), "This must be a web address.");
  source.says = members.text_or_empty("says");
  if (!source.says.empty() && !first_day(source.says)) wrong(members.at("says"), "This is no date.");
  source.read = members.need_text("read");
  if (source.read.size() != 10 || !first_day(source.read)) wrong(members.at("read"), "This is no day.");
  source.quote = members.text_or_empty("quote");
  source.own = members.flag("own");
  source.copy = members.flag("copy");
  members.end();
  return source;
}

bool is_id(std::string_view id) {
  return id.size() >= 4 && id.size() <= 60 && std::ranges::all_of(id, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_country(std::string_view country) {
  return country.size() == 2 && std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; });
}

void read_ages(Line& line, Members& members) {
  const json::value* const ages = members.find("ages");
  if (!ages) return;
  const auto age = [&](const json::value& value) -> std::optional<int> {
    if (value.is_null()) return std::nullopt;
    if (!value.is_int64() || value.get_int64() < 0 || value.get_int64() > 120)
      wrong(members.at("ages"), "These must be two ages, or null.");
    return static_cast<int>(value.get_int64());
  };
  if (!ages->is_array() || ages->get_array().size() != 2)
    wrong(members.at("ages"), "These must be two ages, or null.");
  line.age_from = age(ages->get_array()[0]);
  line.age_to = age(ages->get_array()[1]);
}

Line read_line(const json::value& value) {
  Members members(value, "");
  Line line;
  line.id = members.need_text("id");
  if (!is_id(line.id)) wrong("id", "An id is small letters, digits and hyphens.");
  line.country = members.need_text("country");
  if (!is_country(line.country)) wrong("country", "A country is two capital letters (ISO 3166-1).");
  if (!line.id.starts_with(ascii_lower(line.country) + "-")) wrong("id", "An id begins with its country.");
  line.regions = members.texts("regions");
  line.name = members.need_text("name");
  members.each("topics", [&](const json::value& each, const std::string& place) {
    const auto topic = parse_topic(members.text(each, place));
    if (!topic) wrong(place, "This is no topic.");
    line.topics.add(*topic);
  });
  line.general = members.flag("general");
  line.emergency = members.flag("emergency");
  if (line.topics.empty() && !line.general && !line.emergency && line.country != "XX")
    wrong("topics", "What is this line for?");
  line.who = members.text_or_empty("who");
  read_ages(line, members);
  members.each("channels", [&](const json::value& each, const std::string& place) {
    line.channels.push_back(read_channel(each, place));
  });
  if (line.channels.empty()) wrong("channels", "This is missing.");
  line.hours = read_hours_of(members);
  line.cost = members.text_or_empty("cost");
  line.languages = members.texts("languages");
  members.each("sources", [&](const json::value& each, const std::string& place) {
    line.sources.push_back(read_source(each, place));
  });
  if (line.sources.empty()) wrong("sources", "A record without a source cannot stand.");
  const auto sure = parse_sure(members.need_text("sure"));
  if (!sure) wrong("sure", "This can be provider, two or one.");
  line.sure = *sure;
  line.differs = members.text_or_empty("differs");
  members.end();
  return line;
}

// What is written: nothing of what is empty.
void put(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[json::string_view(name.data(), name.size())] = text;
}

json::object json_of(const Spell& spell) {
  return {{"from", clock_text(spell.from)}, {"to", clock_text(spell.to)}};
}

json::object json_of(const OtherDay& other) {
  char date[32];
  if (other.year) {
    std::snprintf(date, sizeof date, "%04d-%02u-%02u", *other.year, other.month, other.day);
  } else {
    std::snprintf(date, sizeof date, "%02u-%02u", other.month, other.day);
  }
  json::object object{{"date", date}};
  if (other.spells.empty()) object["closed"] = true;
  json::array spells;
  for (const Spell& spell : other.spells) spells.push_back(json_of(spell));
  if (!spells.empty()) object["open"] = std::move(spells);
  return object;
}

json::value json_of(const Hours& hours) {
  if (hours.always) return "always";
  json::array week, others;
  for (const WeekSpell& each : hours.week) {
    json::object spell{{"days", days_text(each.days)}};
    for (const auto& member : json_of(each.spell)) spell[member.key()] = member.value();
    week.push_back(std::move(spell));
  }
  for (const OtherDay& each : hours.others) others.push_back(json_of(each));
  json::object object{{"zone", hours.zone}, {"open", std::move(week)}};
  if (!others.empty()) object["except"] = std::move(others);
  if (hours.closed_on_holidays) object["holidays"] = "closed";
  return object;
}

json::object json_of(const Channel& channel) {
  json::object object{
      {"kind", json::string(word_of(channel.means))}, {"number", channel.number}, {"dial", channel.dial}};
  put(object, "vanity", channel.vanity);
  put(object, "keyword", channel.keyword);
  if (channel.hours) object["hours"] = json_of(*channel.hours);
  return object;
}

json::object json_of(const Source& source) {
  json::object object{{"address", source.address}};
  put(object, "says", source.says);
  object["read"] = source.read;
  if (source.own) object["own"] = true;
  if (source.copy) object["copy"] = true;
  put(object, "quote", source.quote);
  return object;
}

template <class Each>
json::array list_of(const std::vector<Each>& all) {
  json::array list;
  for (const Each& each : all) {
    if constexpr (std::same_as<Each, std::string>) {
      list.push_back(json::string(each));
    } else {
      list.push_back(json_of(each));
    }
  }
  return list;
}

json::value json_of(const std::optional<int>& age) {
  return age ? json::value(*age) : json::value();
}

}  // namespace

Result<Line> parse_line(std::string_view text) {
  if (text.size() > most_line_bytes) return Refusal{Refused::too_large, "This record is too long.", ""};
  json::parse_options options;
  options.max_depth = 8;
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return Refusal{Refused::malformed, "This is not one JSON object on one line.", ""};
  try {
    return read_line(value);
  } catch (const Wrong& fault) {
    return Refusal{Refused::invalid, fault.sentence, fault.field};
  }
}

std::string line_text(const Line& line) {
  json::object object{{"id", line.id}, {"country", line.country}};
  if (!line.regions.empty()) object["regions"] = list_of(line.regions);
  object["name"] = line.name;
  json::array topics;
  line.topics.each([&](Topic topic) { topics.push_back(json::string(word_of(topic))); });
  object["topics"] = std::move(topics);
  if (line.general) object["general"] = true;
  if (line.emergency) object["emergency"] = true;
  put(object, "who", line.who);
  if (line.age_from || line.age_to)
    object["ages"] = json::array{json_of(line.age_from), json_of(line.age_to)};
  object["channels"] = list_of(line.channels);
  if (line.hours) object["hours"] = json_of(*line.hours);
  put(object, "cost", line.cost);
  if (!line.languages.empty()) object["languages"] = list_of(line.languages);
  object["sources"] = list_of(line.sources);
  object["sure"] = json::string(word_of(line.sure));
  put(object, "differs", line.differs);
  return json::serialize(object);
}

}  // namespace keepsake

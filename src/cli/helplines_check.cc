// Looks at helplines' records and says which must not be shown and which a person should look at.
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iomanip>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/helpline_files.h"
#include "helpline/directory.h"
#include "helpline/line_text.h"
#include "helpline/oddities.h"

namespace keepsake::cli {
namespace {

namespace json = boost::json;
using std::chrono::sys_days;

constexpr std::array<Sure, 3> all_sure = {Sure::provider, Sure::two, Sure::one};

enum class Weight { unreadable, grave, mild };

struct Place {
  std::string file;
  std::size_t line = 0;
};

struct Fault {
  Weight weight;
  Place place;
  std::string id, field, sentence;
};

struct Count {
  int records = 0;
  std::map<Sure, int> sure;

  void add(const Line& line) {
    ++records;
    ++sure[line.sure];
  }
  int of(Sure each) const {
    const auto found = sure.find(each);
    return found == sure.end() ? 0 : found->second;
  }
};

struct Looked {
  std::vector<Line> lines;
  std::vector<Place> places;  // of each
  std::map<std::string, Count> countries;
  Count all;
  std::vector<Fault> faults;
  std::int64_t without_source = 0, stale = 0, shared = 0;

  std::int64_t count(Weight weight) const { return std::ranges::count(faults, weight, &Fault::weight); }
  bool sound() const { return count(Weight::unreadable) + count(Weight::grave) == 0; }
};

// Of a record that cannot be taken, as far as it says one.
std::string id_in(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  const json::value* const id = !error && value.is_object() ? value.get_object().if_contains("id") : nullptr;
  const bool shown = id && id->is_string() && id->get_string().size() <= 60 &&
                     is_clean_text({id->get_string().data(), id->get_string().size()});
  return shown ? std::string(id->get_string()) : "?";
}

void read_record(Looked& looked, const Place& place, std::string_view text) {
  auto line = parse_line(text);
  if (line.refused()) {
    const Refusal& refusal = line.refusal();
    const std::string id = text.size() <= most_line_bytes ? id_in(text) : "?";
    looked.without_source += refusal.field == "sources" ? 1 : 0;
    looked.faults.push_back({Weight::unreadable, place, id, refusal.field, refusal.sentence});
    return;
  }
  looked.all.add(*line);
  looked.countries[line->country].add(*line);
  looked.lines.push_back(*std::move(line));
  looked.places.push_back(place);
}

Looked look(const HelplinesToCheck& wanted, sys_days today) {
  Looked looked;
  for (const HelplineFile& file : helpline_files(wanted.paths)) {
    std::size_t number = 0;
    for (const std::string_view text : split(file.content, '\n'))
      if (++number; !trim(text).empty()) read_record(looked, {file.name, number}, text);
  }
  for (const Oddity& oddity : oddities_of(looked.lines, today, wanted.limit)) {
    const bool grave = oddity.weight == Oddity::Weight::grave;
    looked.faults.push_back({grave ? Weight::grave : Weight::mild, looked.places.at(oddity.place), oddity.id,
                             "", oddity.sentence});
  }
  for (const Line& line : looked.lines) looked.stale += is_stale(line, today, wanted.limit) ? 1 : 0;
  looked.shared = static_cast<std::int64_t>(shared_among(looked.lines).size());
  return looked;
}

std::string_view word_for(Weight weight) {
  constexpr std::array<std::string_view, 3> words{"unreadable", "grave", "mild"};
  return words.at(static_cast<std::size_t>(weight));
}

json::object json_of(const Count& count) {
  json::object said{{"records", count.records}};
  for (const Sure sure : all_sure) said[json::string_view(word_of(sure))] = count.of(sure);
  return said;
}

json::object json_of(const Fault& fault) {
  json::object said{{"weight", word_for(fault.weight)},
                    {"file", fault.place.file},
                    {"line", fault.place.line},
                    {"id", fault.id}};
  if (!fault.field.empty()) said["field"] = fault.field;
  said["sentence"] = fault.sentence;
  return said;
}

void print_json(const Looked& looked, std::ostream& out) {
  json::object countries, said{{"sound", looked.sound()}};
  for (const auto& [country, count] : looked.countries) countries[country] = json_of(count);
  said["countries"] = std::move(countries);
  said["all"] = json_of(looked.all);
  said["without_source"] = looked.without_source;
  said["stale"] = looked.stale;
  said["shared"] = looked.shared;
  for (const Weight weight : {Weight::unreadable, Weight::grave, Weight::mild})
    said[json::string_view(word_for(weight))] = looked.count(weight);
  json::array faults;
  for (const Fault& fault : looked.faults) faults.push_back(json_of(fault));
  said["faults"] = std::move(faults);
  out << json::serialize(said) << '\n';
}

void print_faults(const Looked& looked, bool mild, std::ostream& out) {
  for (const Fault& fault : looked.faults)
    if ((fault.weight == Weight::mild) == mild)
      out << fault.place.file << ':' << fault.place.line << ": " << fault.id << ": "
          << (fault.field.empty() ? "" : fault.field + ": ") << fault.sentence << '\n';
}

void print_row(std::string_view name, const Count& count, std::ostream& out) {
  out << std::left << std::setw(10) << name << std::right << std::setw(8) << count.records;
  for (const Sure sure : all_sure) out << std::setw(10) << count.of(sure);
  out << '\n';
}

void print_table(const Looked& looked, std::chrono::months limit, std::ostream& out) {
  out << "country    records  provider       two       one\n";
  for (const auto& [country, count] : looked.countries) print_row(country, count, out);
  print_row("all", looked.all, out);
  const auto row = [&](std::int64_t count, const std::string& what) {
    out << std::setw(6) << count << "  " << what << '\n';
  };
  out << '\n';
  const auto everywhere = static_cast<std::int64_t>(looked.countries.contains(std::string(anywhere)));
  row(static_cast<std::int64_t>(looked.countries.size()) - everywhere, "countries");
  row(looked.count(Weight::unreadable), "records that cannot be read");
  row(looked.without_source, "of them without a source");
  row(looked.count(Weight::grave), "things that are grave");
  row(looked.stale, "records older than " + std::to_string(limit.count()) + " months");
  row(looked.shared, "ids and numbers that stand twice");
  row(looked.count(Weight::mild), "things to look at, those included");
}

void print_sentences(const Looked& looked, std::chrono::months limit, std::ostream& out) {
  print_faults(looked, true, out);
  print_faults(looked, false, out);
  print_table(looked, limit, out);
}

sys_days today_of(const std::string& typed) {
  if (typed.empty()) return std::chrono::floor<std::chrono::days>(SystemClock().now());
  const auto day = typed.size() == 10 ? first_day(typed) : std::nullopt;
  if (!day) throw Misuse("--today takes a day, such as 2026-11-24.");
  return *day;
}

}  // namespace

int check_helplines(const HelplinesToCheck& wanted, Console& console) {
  const Looked looked = look(wanted, today_of(wanted.today));
  if (wanted.json)
    print_json(looked, console.out);
  else
    print_sentences(looked, wanted.limit, console.out);
  return looked.sound() ? 0 : 1;
}

}  // namespace keepsake::cli

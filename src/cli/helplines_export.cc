// Writes the records of helplines as files: for whoever serves them elsewhere, or reads them without a
// network.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/helpline_files.h"
#include "helpline/directory.h"
#include "helpline/line_text.h"
#include "html/languages.h"
#include "html/pages.h"
#include "web/help_words.h"

namespace keepsake::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

// By it a later export knows that the directory is one of its own.
constexpr const char* mark = ".keepsake-helplines";

struct OfCountry {
  std::vector<std::string> texts;  // exactly as kept
  std::vector<Line> lines;
};
using Countries = std::map<std::string, OfCountry>;

Countries carried_countries() {
  Countries countries;
  for (const HelplineFile& file : helpline_files({})) {
    for (const std::string_view text : split(file.content, '\n')) {
      if (text.empty()) continue;
      Line line = or_fail(parse_line(text));
      OfCountry& country = countries[line.country];
      country.texts.emplace_back(text);
      country.lines.push_back(std::move(line));
    }
  }
  return countries;
}

std::string array_of(const std::vector<std::string>& texts) {
  std::string all = "[\n";
  for (const std::string& text : texts) all += (all.size() == 2 ? "" : ",\n") + text;
  return all + "\n]\n";
}

std::string file_of(const std::string& country) {
  return ascii_lower(country) + ".json";
}

std::string name_of(const std::string& country, const html::Words& words) {
  return country == anywhere ? words.say("help_group_everywhere") : words.customs().country(country);
}

std::string list_of(const Countries& countries, const html::Words& words) {
  json::array list;
  for (const auto& [country, of] : countries)
    list.push_back(json::object{{"country", country},
                                {"name", name_of(country, words)},
                                {"records", of.texts.size()},
                                {"file", file_of(country)}});
  return json::serialize(list) + "\n";
}

void fill_dial(html::Values& way, std::string_view dial) {
  way.show_if(dial.starts_with('+'), "PLUS");
  way.set("DIAL", dial.starts_with('+') ? dial.substr(1) : dial);
}

void fill_way(html::Values& way, const Channel& channel, const html::Words& words) {
  const bool keyword = channel.means == Means::text && !channel.keyword.empty();
  const std::string id = "help_by_" + std::string(word_of(channel.means)) + (keyword ? "_keyword" : "");
  way.set("WAY_SAID", keyword ? words.say(id, {{"keyword", channel.keyword}}) : words.say(id));
  way.set("NUMBER", channel.number).set_in("HAS_VANITY", "VANITY", channel.vanity);
  if (channel.hours) way.set_in("HAS_WAY_HOURS", "WAY_HOURS", web::hours_said(words, *channel.hours));
  if (channel.means == Means::call)
    fill_dial(way.add("BY_CALL"), channel.dial);
  else if (channel.means == Means::text)
    fill_dial(way.add("BY_TEXT"), channel.dial);
  else if (channel.means == Means::mail)
    way.show("BY_MAIL");
  else
    way.add("BY_WEB").set("ADDRESS", channel.dial);
}

void fill_source(html::Values& row, const Source& source, const html::Words& words) {
  const std::string id = !source.says.empty() ? "help_dated" : source.copy ? "help_read_copy" : "help_read";
  const std::string& date = source.says.empty() ? source.read : source.says;
  row.set("SOURCE_ADDRESS", source.address);
  row.set("SOURCE_DATED", words.say(id, {{"date", web::date_said(words, date)}}));
  row.set_in("HAS_QUOTE", "QUOTE", source.quote);
}

void fill_line(html::Values& row, const Line& line, const html::Words& words) {
  row.set("LINE_ID", line.id).set("LINE_NAME", line.name);
  row.set("LINE_LANG", line.languages.empty() ? "en" : std::string_view(line.languages.front()));
  std::string about = line.who;
  for (const std::string& region : line.regions) about += (about.empty() ? "" : " · ") + region;
  if (!line.cost.empty()) about += (about.empty() ? "" : " · ") + line.cost;
  row.set_in("HAS_ABOUT", "ABOUT", about);
  for (const Channel& channel : line.channels) fill_way(row.add("WAY"), channel, words);
  // Where only an address stands there is nothing to be open.
  const auto answers = [](const Channel& channel) {
    return channel.means != Means::mail && channel.means != Means::web;
  };
  if (line.hours)
    row.set_in("HAS_HOURS", "HOURS", web::hours_said(words, *line.hours));
  else if (!line.emergency && std::ranges::any_of(line.channels, answers))
    row.set_in("HAS_HOURS", "HOURS", words.say("help_hours_unknown"));
  row.set_in("HAS_DIFFERS", "DIFFERS", line.differs);
  row.set("SURE", words.say("help_sure_" + std::string(word_of(line.sure))));
  for (const Source& source : line.sources) fill_source(row.add("SOURCE"), source, words);
}

// In the order of their names, as the language sorts them; what is for everywhere last.
std::vector<Countries::const_pointer> by_name(const Countries& countries, const html::Words& words) {
  std::vector<Countries::const_pointer> sorted;
  for (const auto& country : countries) sorted.push_back(&country);
  std::ranges::sort(sorted, [&](const auto* left, const auto* right) {
    const bool left_last = left->first == anywhere, right_last = right->first == anywhere;
    if (left_last || right_last) return right_last && !left_last;
    return words.customs().before(name_of(left->first, words), name_of(right->first, words));
  });
  return sorted;
}

std::string page_of(const Countries& countries, const html::Words& words) {
  html::Values values;
  for (const auto* country : by_name(countries, words)) {
    html::Values& section = values.add("COUNTRY");
    section.set("COUNTRY_NAME", name_of(country->first, words)).set("COUNTRY_CODE", country->first);
    for (const Line& line : country->second.lines) fill_line(section.add("LINE"), line, words);
  }
  return html::Pages(words).render_part("HELPLINES_EXPORT", values, words).text();
}

// Every file of it is whole, the one that was there before or the one that is written now.
class ExportFolder {
 public:
  explicit ExportFolder(const fs::path& path) : path_(fs::absolute(path).lexically_normal()) {
    if (!fs::exists(path_)) fs::create_directories(path_);
    if (!fs::is_directory(path_)) throw Failure(path_.string() + " is not a directory.");
    if (!fs::is_empty(path_) && !fs::exists(path_ / mark))
      throw Failure(path_.string() + " holds other things. Name a new or empty directory.");
    make_folders_durably(path_);
    folder_ = open_folder(path_);
    write(mark, "Written by keepsake helplines export, which writes here again if asked to.\n");
  }
  void write(const std::string& name, std::string_view content) {
    const std::string beside = name + ".new";
    const Descriptor file(
        ::openat(folder_.get(), beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!file) throw_errno("writing an export");
    write_at(file, 0, as_byte_view(content));
    make_durable(file);
    if (::renameat(folder_.get(), beside.c_str(), folder_.get(), name.c_str()) != 0)
      throw_errno("writing an export");
    written_.insert(name);
  }
  // Removes what an earlier export wrote of countries that are gone.
  void finish() {
    for (const fs::directory_entry& entry : fs::directory_iterator(path_)) {
      const std::string name = entry.path().filename().string();
      const bool of_country = name.size() == 7 && name.ends_with(".json") && ascii_lower(name) == name;
      if (of_country && !written_.contains(name)) fs::remove(entry.path());
    }
    make_durable(folder_);
  }

 private:
  const fs::path path_;
  Descriptor folder_;
  std::set<std::string> written_;
};

}  // namespace

int export_helplines(const fs::path& to, Console& console) {
  const Countries countries = carried_countries();
  const html::Languages languages("en");
  const html::Words& words = languages.english();
  ExportFolder folder(to);
  std::string all;
  std::size_t records = 0;
  for (const auto& [country, of] : countries) {
    folder.write(file_of(country), array_of(of.texts));
    for (const std::string& text : of.texts) all += text + "\n";
    records += of.texts.size();
  }
  folder.write("all.jsonl", all);
  folder.write("countries.json", list_of(countries, words));
  folder.write("index.html", page_of(countries, words));
  folder.finish();
  console.out << "Wrote " << records << " records to " << to.string() << ".\n";
  return 0;
}

}  // namespace keepsake::cli

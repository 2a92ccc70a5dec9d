#include "helpline/directory.h"

#include <algorithm>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"
#include "helpline/line_text.h"

namespace keepsake {
namespace {

int count_of(Topics topics) {
  int count = 0;
  topics.each([&](Topic) { ++count; });
  return count;
}

}  // namespace

std::vector<const Line*> FoundLines::all() const {
  std::vector<const Line*> all;
  for (const auto* group : {&for_topics, &general, &crisis, &others, &everywhere})
    all.insert(all.end(), group->begin(), group->end());
  return all;
}

Directory::Directory(std::vector<Line> lines) : lines_(std::move(lines)) {
  for (const Line& line : lines_) by_id_[line.id] = &line;
  for (const Line& line : lines_) {
    if (by_id_.at(line.id) != &line) continue;
    if (line.country == anywhere) everywhere_.push_back(&line);
    const bool crisis = line.emergency || line.topics.has(Topic::suicide);
    OfCountry& all = by_country_[line.country];
    all.known = all.known || (!line.emergency && line.country != anywhere);
    all.by_fewness.push_back({line.topics, &line});
    (line.general ? all.general : crisis ? all.crisis : all.others).push_back({line.topics, &line});
  }
  for (auto& [country, all] : by_country_) {
    if (all.known) countries_.emplace_back(country);
    if (country != anywhere) every_country_.emplace_back(country);
    std::ranges::stable_sort(all.by_fewness, {}, [](const Entry& entry) { return count_of(entry.topics); });
    std::ranges::stable_sort(all.crisis, {}, [](const Entry& entry) { return entry.line->emergency; });
  }
  std::ranges::sort(countries_);
  std::ranges::sort(every_country_);
}

std::vector<const Line*> Directory::those(const std::vector<Entry>& entries, Topics topics, bool share) {
  // Without a branch, which no processor could foretell: where lines are many, in half the time.
  std::vector<const Line*> found(entries.size());
  std::size_t count = 0;
  for (const Entry& entry : entries) {
    found[count] = entry.line;
    count += entry.topics.shares(topics) == share ? 1 : 0;
  }
  found.resize(count);
  return found;
}

FoundLines Directory::find(std::string_view country, Topics topics) const {
  FoundLines found;
  const auto of_country = by_country_.find(country);
  if (of_country != by_country_.end() && country != anywhere) {
    const OfCountry& all = of_country->second;
    found.known = all.known;
    found.for_topics = those(all.by_fewness, topics, true);
    found.general = those(all.general, topics, false);
    found.crisis = those(all.crisis, topics, false);
    if (topics.empty()) found.others = those(all.others, topics, false);
  }
  if (!found.known) found.everywhere = everywhere_;
  return found;
}

const Line* Directory::find_id(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::vector<Line> embedded_lines() {
  std::vector<Line> lines;
  for (const EmbeddedFile& file : embedded_files("data/helplines/")) {
    if (!file.name.ends_with(".jsonl")) continue;
    std::size_t number = 0;
    for (const std::string_view text : split(file.content, '\n')) {
      ++number;
      if (text.empty()) continue;
      auto line = parse_line(text);
      if (line.refused())
        throw std::runtime_error(std::string(file.name) + ":" + std::to_string(number) + ": " +
                                 line.refusal().field + ": " + line.refusal().sentence);
      lines.push_back(*std::move(line));
    }
  }
  return lines;
}

}  // namespace keepsake

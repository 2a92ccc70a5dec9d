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
    const bool crisis = line.emergency || line.topics.has(Topic::suicide);
    by_country_[line.country].in_order.push_back({&line, line.topics, line.general, crisis});
  }
  for (auto& [country, all] : by_country_) {
    if (country != anywhere) countries_.emplace_back(country);
    std::ranges::stable_sort(all.in_order, {}, [](const Entry& entry) { return entry.line->emergency; });
    all.by_fewness = all.in_order;
    std::ranges::stable_sort(all.by_fewness, {}, [](const Entry& entry) { return count_of(entry.topics); });
  }
  std::ranges::sort(countries_);
}

FoundLines Directory::find(std::string_view country, Topics topics) const {
  FoundLines found;
  const auto of_country = by_country_.find(country);
  found.known = of_country != by_country_.end() && country != anywhere;
  if (!found.known) {
    if (const auto everywhere = by_country_.find(anywhere); everywhere != by_country_.end())
      for (const Entry& entry : everywhere->second.in_order) found.everywhere.push_back(entry.line);
    return found;
  }
  const OfCountry& all = of_country->second;
  // Without a branch, which no processor could foretell: where lines are many, a third less time.
  found.for_topics.resize(all.by_fewness.size());
  std::size_t shared = 0;
  for (const Entry& entry : all.by_fewness) {
    found.for_topics[shared] = entry.line;
    shared += entry.topics.shares(topics) ? 1 : 0;
  }
  found.for_topics.resize(shared);
  for (const Entry& entry : all.in_order) {
    if (entry.topics.shares(topics)) continue;
    if (entry.general)
      found.general.push_back(entry.line);
    else if (entry.crisis)
      found.crisis.push_back(entry.line);
    else if (topics.empty())
      found.others.push_back(entry.line);
  }
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

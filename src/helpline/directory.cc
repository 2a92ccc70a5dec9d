#include "helpline/directory.h"

#include <algorithm>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"
#include "helpline/line_text.h"

namespace keepsake {
namespace {

// Into which of the groups a line goes.
void place(FoundLines& found, const Line& line, Topics topics) {
  if (line.topics.shares(topics)) {
    found.for_topics.push_back(&line);
  } else if (line.general) {
    found.general.push_back(&line);
  } else if (line.emergency || line.topics.has(Topic::suicide)) {
    found.crisis.push_back(&line);
  } else if (topics.empty()) {
    found.others.push_back(&line);
  }
}

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
    auto& of_country = by_country_[line.country];
    if (of_country.empty() && line.country != anywhere) countries_.push_back(line.country);
    of_country.push_back(&line);
  }
  std::ranges::sort(countries_);
}

FoundLines Directory::find(std::string_view country, Topics topics) const {
  FoundLines found;
  const auto of_country = by_country_.find(country);
  found.known = of_country != by_country_.end() && country != anywhere;
  if (found.known) {
    for (const Line* line : of_country->second) place(found, *line, topics);
    std::ranges::stable_sort(found.for_topics, {}, [](const Line* line) { return count_of(line->topics); });
    std::ranges::stable_sort(found.crisis, {}, &Line::emergency);
  } else if (const auto everywhere = by_country_.find(anywhere); everywhere != by_country_.end()) {
    found.everywhere = everywhere->second;
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

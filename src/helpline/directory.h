#pragma once
// Every helpline that is known, and which of them a reader is shown.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "helpline/line.h"

namespace keepsake {

// "XX": the lines for everywhere, shown where a country has none but its emergency number.
inline constexpr std::string_view anywhere = "XX";

// In the order in which they are shown; each line once. Pointers into the directory.
struct FoundLines {
  std::vector<const Line*> for_topics;  // for one of the topics asked for, those for fewest topics first
  std::vector<const Line*> general;     // listen to anyone
  std::vector<const Line*> crisis;      // for someone whose life is in danger, the emergency number last
  std::vector<const Line*> others;      // where no topic was asked for: all the rest
  std::vector<const Line*> everywhere;  // directories of other countries' lines; where it is not known
  bool known = false;                   // the country has lines beside its emergency numbers

  // All of them, in that order.
  std::vector<const Line*> all() const;
};

// Cannot be changed: another one takes its place.
class Directory {
 public:
  // Lines of a country keep their order. Ids are each other's only: of two with one id the last stands.
  explicit Directory(std::vector<Line> lines);
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  // `country`: two capital letters; any other text finds what is for everywhere.
  FoundLines find(std::string_view country, Topics topics) const;
  const Line* find_id(std::string_view id) const;
  const std::vector<Line>& lines() const { return lines_; }
  // Those that have lines beside an emergency number, sorted; without "XX".
  const std::vector<std::string>& countries() const { return countries_; }
  // Those with an emergency number alone too.
  const std::vector<std::string>& every_country() const { return every_country_; }

 private:
  // What find looks at, close together: a country may have thousands of lines.
  struct Entry {
    Topics topics;
    const Line* line;
  };
  // By the group in which they are shown where they are not for the topics asked for.
  struct OfCountry {
    std::vector<Entry> by_fewness;  // all, those for fewest topics first
    std::vector<Entry> general, crisis, others;
    bool known = false;
  };
  // Of `entries` those that share topics, or those that do not.
  static std::vector<const Line*> those(const std::vector<Entry>& entries, Topics topics, bool share);

  std::vector<Line> lines_;
  std::unordered_map<std::string_view, OfCountry> by_country_;
  std::unordered_map<std::string_view, const Line*> by_id_;
  std::vector<std::string> countries_, every_country_;
  std::vector<const Line*> everywhere_;
};

// What the binary carries of data/helplines/, in the order of its files. Throws std::runtime_error naming
// file and line where a record cannot be read.
std::vector<Line> embedded_lines();

}  // namespace keepsake

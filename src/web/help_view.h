#pragma once
// Helplines as pages show them: part HELP_LINES, at the end of a story, before it, and on the page of its
// own.
#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "helpline/directory.h"
#include "html/values.h"
#include "upkeep/helplines.h"
#include "web/respond.h"

namespace keepsake::web {

struct HelpAsked {
  std::string country;  // as country_of gives it
  Topics topics = {};
  bool others = true;       // where no topic is asked for: all that are for one
  std::string search = {};  // lines that mention it alone; empty: all
};

// A group of lines and what it is called: FoundLines, in the language spoken now.
struct HelpGroup {
  std::string_view kind;  // "topic", "general", "crisis", "other", "everywhere"
  std::string heading;
  std::vector<const Line*> lines;
};

// What is right at one moment: the directory is kept for as long as it is looked at.
struct HelpShown {
  std::shared_ptr<const Directory> directory;
  std::string country;
  bool known = false;                  // the country has lines
  std::vector<HelpGroup> groups = {};  // none is empty
};

class HelpView {
 public:
  // `limit`: of what is older it says "please check". `leave_to`: where "leave quickly" leads.
  HelpView(Helplines& helplines, std::chrono::months limit, std::string leave_to, const Respond& respond)
      : helplines_(helplines), limit_(limit), leave_to_(std::move(leave_to)), respond_(respond) {}

  // In the order of FoundLines; what is older than the limit comes last in its group, but for whom to call
  // when a life is in danger.
  HelpShown find(const HelpAsked& asked, Time now) const;
  // Sets what part HELP_LINES needs. Returns until when it is right: a line opens or shuts, or a day ends
  // there.
  Time fill(html::Values& values, const HelpShown& shown, Time now) const;
  // The same for programs. `until` likewise.
  boost::json::object json(const HelpShown& shown, Time now, Time& until) const;
  // What stands on a line's badge: "Open now, until 11 pm"; "Hours not published".
  struct Status {
    std::string said;
    std::optional<bool> open = {};  // absent: not known
    Time until = Time::max();
    bool now = false;  // of this moment, as "open day and night" is not
  };
  Status status(const Hours* hours, Time now) const;
  // The badge of a line; none where there is nothing to be open.
  std::optional<Status> status_of(const Line& line, Time now) const;
  // "Call"; "Text HELP to".
  std::string way_said(const Channel& channel) const;
  // Regions and what it costs: "Auckland · Free of charge"; or "".
  std::string more_said(const Line& line) const;
  // On whose word: "Two sources agree:" "lifeline.org.nz", "as of March 2025"; `check` where that is long
  // ago.
  struct SourceSaid {
    std::string sure, name, dated, check;
  };
  SourceSaid source_said(const Line& line, Time now) const;
  // Why there are no lines of the country; "" where there are.
  std::string unknown_said(const HelpShown& shown) const;
  // "Lines in New Zealand".
  std::string in_country_said(std::string_view country) const;
  // Names and codes of these countries in the order of the language spoken now, "XX" at the end.
  std::vector<std::pair<std::string, std::string>> named(const std::vector<std::string>& countries) const;
  std::string topic_said(Topic topic) const;
  std::string country_said(std::string_view country) const;

 private:
  std::string heading(std::string_view kind, Topics topics) const;
  Time fill_line(html::Values& row, const Line& line, Time now) const;
  Time fill_ways(html::Values& row, const Line& line, Time now) const;
  void fill_source(html::Values& row, const Line& line, Time now) const;
  void fill_countries(html::Values& values, const HelpShown& shown) const;
  boost::json::object json_of(const Line& line, std::string_view group, Time now, Time& until) const;

  Helplines& helplines_;
  const std::chrono::months limit_;
  const std::string leave_to_;
  const Respond& respond_;
};

}  // namespace keepsake::web

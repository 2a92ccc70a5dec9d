#pragma once
// Where hosts look after the helplines: which their readers are shown, what is odd about them and what
// readers said; adding, correcting and hiding them; and what was changed so far.
#include <chrono>
#include <string>
#include <vector>

#include "db/database.h"
#include "upkeep/helplines.h"
#include "web/help_view.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class HostHelplinePages {
 public:
  struct Uses {
    db::Database& database;
    Helplines& lines;
    const HelpView& view;
    std::chrono::months limit;  // after which age a line needs a look
  };
  HostHelplinePages(Uses uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  // Those of ?country=, or the countries.
  http::Response list(Ask& ask, const Host& host) const;
  http::Response new_form(Ask& ask, const Host& host) const;
  Result<http::Response> add(Ask& ask, const Host& host) const;
  Result<http::Response> show(Ask& ask, const Host& host) const;
  Result<http::Response> keep(Ask& ask, const Host& host) const;
  Result<http::Response> hide(Ask& ask, const Host& host) const;
  Result<http::Response> show_again(Ask& ask, const Host& host) const;
  Result<http::Response> take_back(Ask& ask, const Host& host) const;

 private:
  using Act = Result<Done> (Helplines::*)(PersonId, std::string_view);

  std::string said(const Oddity& oddity) const;
  std::chrono::months limit_for(const Ask& ask) const;
  std::string called(const std::string& country) const;
  std::string standing_said(const KnownLine& line) const;
  void fill_findings(html::Values& row, const KnownLine& line, Time now) const;
  void fill_trail(html::Values& values, const std::vector<HelplineChange>& trail) const;
  http::Response countries(Ask& ask, const Host& host) const;
  http::Response of_country(Ask& ask, const Host& host, const std::string& country) const;
  http::Response new_page(const Host& host, const Input& typed, const Refusal* problem) const;
  http::Response page(const Host& host, const KnownLine& line, Time now, const Input& typed,
                      const Refusal* problem) const;
  Result<http::Response> change(Ask& ask, const Host& host, Act act) const;
  Refusal spoken_of(Refusal refusal) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

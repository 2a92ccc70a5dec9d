#pragma once
// Where to get help, on a page of its own: by country, topic and search.
#include <string>

#include "web/help_view.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class HelpPages {
 public:
  // `country`: the host's, or empty.
  HelpPages(Helplines& helplines, const HelpView& view, std::string country, const Respond& respond)
      : helplines_(helplines), view_(view), country_(std::move(country)), respond_(respond) {}

  Result<http::Response> show(Ask& ask, const Reading& who) const;
  Result<http::Response> choose_country(Ask& ask, const Anyone& who) const;
  // Every record as it is kept, one a line.
  http::Response records(Ask& ask, const Anyone& who) const;

 private:
  Result<HelpAsked> asked(const Ask& ask) const;
  http::Response page(const Ask& ask, const Reading& who, const HelpAsked& asked) const;

  Helplines& helplines_;
  const HelpView& view_;
  const std::string country_;
  const Respond& respond_;
};

}  // namespace keepsake::web

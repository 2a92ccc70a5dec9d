#pragma once
// Where a reader says that a helpline did not work.
#include <string>

#include "upkeep/helplines.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class HelpReportPages {
 public:
  HelpReportPages(Helplines& lines, const Respond& respond) : lines_(lines), respond_(respond) {}

  // The form; with ?thanks what comes after it.
  Result<http::Response> form(Ask& ask, const Reading& who) const;
  Result<http::Response> report(Ask& ask, const Reading& who) const;

 private:
  http::Response page(const Reading& who, const Line& line, bool thanks, const Input& typed,
                      const Refusal* problem) const;

  Helplines& lines_;
  const Respond& respond_;
};

}  // namespace keepsake::web

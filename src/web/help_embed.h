#pragma once
// The block "Where to get help" for pages of others (docs/help-embed.md): what frontend/src/embed.ts shows
// there, with everything said already. No cookie is read or set: the answer is the same for all who ask the
// same, so it is kept and sent by the I/O threads.
#include <memory>
#include <string>

#include "audience/epoch.h"
#include "web/help_view.h"
#include "web/page_cache.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/single_flight.h"

namespace keepsake::web {

class HelpEmbed {
 public:
  struct Uses {
    const HelpView& view;
    const Epoch& epoch;
    std::string country;  // the host's, or empty
    PageCache& cache;     // of its own, so that a thousand kinds of asking push no story out
    SingleFlight& flight;
  };
  HelpEmbed(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  // A script, or the block as it is kept; null where it has to be made, or refused. Reads nothing.
  std::shared_ptr<const http::Response> at_once(const http::RequestHead& request, Time now) const;

  http::Response script(Ask& ask, const Anyone& who) const;
  Result<http::Response> block(Ask& ask, const Anyone& who) const;

 private:
  struct Asked {
    HelpAsked help;
    std::string_view language;
    std::string key;
  };
  Result<Asked> asked(const http::RequestHead& request) const;
  std::string_view language_of(const http::RequestHead& request) const;
  PageCache::Page make(const Asked& asked, http::Coding coding, Time now) const;
  boost::json::object say(const Asked& asked, Time now, Time& until) const;
  boost::json::object say(const Line& line, Time now, Time& until) const;
  boost::json::array say_ways(const Line& line, Time now, Time& until) const;

  const Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

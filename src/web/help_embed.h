#pragma once
// Where to get help, on the pages of others: a script that a newsroom names in one line, and what it shows.
// Neither reads nor sets a cookie; both may be fetched from anywhere.
#include <memory>
#include <optional>
#include <string>

#include "audience/epoch.h"
#include "html/languages.h"
#include "http/encoding.h"
#include "web/help_view.h"
#include "web/page_cache.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class HelpEmbed {
 public:
  struct Uses {
    const HelpView& view;
    const html::Languages& languages;
    PageCache& cache;
    const Epoch& epoch;
    std::string country;  // the host's, or empty
  };
  HelpEmbed(Uses uses, const Respond& respond) : uses_(std::move(uses)), respond_(respond) {}

  // What is kept of both, for the thread that must not wait; null: ask the routes.
  std::shared_ptr<const http::Response> at_once(const http::RequestHead& request, Time now) const;
  http::Response script(Ask& ask, const Anyone& who) const;
  Result<http::Response> lines(Ask& ask, const Anyone& who) const;

 private:
  // What the answer depends on, and nothing else.
  struct Wanted {
    HelpAsked asked;
    std::string language;
    http::Coding coding;

    std::string key() const;
  };
  Result<Wanted> wanted(const http::RequestHead& request) const;
  boost::json::object block(const HelpShown& shown, Time now, Time& until) const;

  const Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

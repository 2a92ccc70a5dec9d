#pragma once
// Everything between the HTTP server and the routes: which route is meant, whether the request may be made at
// all, and what becomes of refusals and faults.
#include <functional>
#include <string>

#include "base/clock.h"
#include "http/server.h"
#include "web/help_embed.h"
#include "web/page_cache.h"
#include "web/photo_pages.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/session_guard.h"
#include "web/sign_in_pages.h"
#include "web/speaking.h"
#include "web/tally.h"

namespace keepsake::web {

class Site {
 public:
  // All outlive this. `secure_origin` is where requests without TLS are sent on to ("https://example.org"),
  // or empty: then they are refused. `metrics` gives the lines of GET /metrics beside the server's own.
  Site(Router router, SessionGuard& sessions, const html::Languages& languages, const Respond& respond,
       PageCache& cache, const SignInPages& sign_in, const PhotoPages& photos, const HelpEmbed& help,
       const Clock& clock, std::string country, std::string secure_origin,
       std::function<std::string()> metrics);

  // What the server calls; they hold this Site by reference.
  http::Handlers handlers();
  const Router& router() const { return router_; }
  const Tally& tally() const { return tally_; }

 private:
  std::shared_ptr<const http::Response> at_once(const http::RequestHead& request);
  std::shared_ptr<const http::Response> ready(const http::RequestHead& request);
  std::shared_ptr<const http::Response> photo_at_once(const http::RequestHead& request) const;
  Later<http::Response> handle(http::Request& request);
  http::Response counted(http::Response response) const;
  http::Response failure(int status, const http::RequestHead& request) const;
  Later<Result<http::Response>> answer(Ask& ask, const Route& route);
  http::Response refuse(Ask& ask, const Route& route, const Refusal& refusal);
  http::Response say_why(Ask& ask, const Refusal& refusal);
  http::Response by_https(const http::Request& request) const;
  http::Response no_route(Ask& ask, const std::string& allow);

  const Router router_;
  SessionGuard& sessions_;
  const html::Languages& languages_;
  const Respond& respond_;
  PageCache& cache_;
  const SignInPages& sign_in_;
  const PhotoPages& photos_;
  const HelpEmbed& help_;
  const Clock& clock_;
  const std::string country_;  // the host's
  const std::string secure_origin_;
  const std::function<std::string()> metrics_;
  mutable Tally tally_;
};

bool wants_json(const http::RequestHead& request);
// Under which key the page cache holds the answer, in this language and with the help of this country, to a
// request that shows nothing else of its viewer.
std::string cache_key(const http::RequestHead& request, std::string_view language, std::string_view country);

}  // namespace keepsake::web

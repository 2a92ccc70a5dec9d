#include "web/instance_pages.h"

#include <boost/json/object.hpp>

namespace keepsake::web {

using http::Method;

std::vector<Route> InstancePages::routes() const {
  return {
      row(Method::get, "/health", "Whether the instance can answer.", *this, &InstancePages::health),
      row(Method::get, "/api/openapi.json", "This table, as OpenAPI 3.1.", *this, &InstancePages::openapi),
      row(Method::get, "/robots.txt", "What search engines may look at.", *this, &InstancePages::robots),
  };
}

http::Response InstancePages::health(Ask&, const Anyone&) const {
  healthy_();
  return respond_.json({{"status", "ok"}});
}

http::Response InstancePages::openapi(Ask&, const Anyone&) const {
  http::Response response = respond_.json({});
  response.body = openapi_;
  return response;
}

// Public stories may be found; every other page says noindex by itself.
http::Response InstancePages::robots(Ask&, const Anyone&) const {
  http::Response response;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string("User-agent: *\nAllow: /\n");
  return response;
}

}  // namespace keepsake::web

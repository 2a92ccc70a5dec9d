#include "web/instance_pages.h"

#include <boost/json/object.hpp>
#include "web/bodies.h"

namespace keepsake::web {

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

#pragma once
// One request on its way through a route.
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "http/message.h"

namespace keepsake::web {

struct Ask {
  http::Request& request;
  std::vector<std::string> parameters;  // what the route's {names} matched, percent-decoded, in their order
  bool wants_json = false;              // Accept prefers application/json
  Time now;

  // The public id in a parameter; anything that is no id names nothing.
  std::optional<PublicId> id(std::size_t place = 0) const { return PublicId::parse(parameters.at(place)); }
  bool is_unsafe() const {
    return request.method != http::Method::get && request.method != http::Method::head;
  }
};

}  // namespace keepsake::web

#pragma once
// What programs ask of the instance itself.
#include <functional>
#include <string>

#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class InstancePages {
 public:
  // `healthy` asks the database; it may throw.
  InstancePages(std::function<void()> healthy, const Respond& respond)
      : healthy_(std::move(healthy)), respond_(respond) {}

  // Once all routes are known.
  void describe(std::string openapi) { openapi_ = std::move(openapi); }

  http::Response health(Ask& ask, const Anyone&) const;
  http::Response openapi(Ask& ask, const Anyone&) const;
  http::Response robots(Ask& ask, const Anyone&) const;

 private:
  std::function<void()> healthy_;
  std::string openapi_;
  const Respond& respond_;
};

}  // namespace keepsake::web

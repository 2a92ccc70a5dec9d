#pragma once
#include "audience/circles.h"
#include "db/database.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

// One's circles; nobody else's are ever named here.
class CirclePages {
 public:
  CirclePages(db::Database& database, Circles& circles, const Respond& respond)
      : database_(database), circles_(circles), respond_(respond) {}

  http::Response list(Ask& ask, const Member& member) const;
  Result<http::Response> create(Ask& ask, const Member& member) const;
  Result<http::Response> show(Ask& ask, const Member& member) const;
  Result<http::Response> rename(Ask& ask, const Member& member) const;
  Result<http::Response> end(Ask& ask, const Member& member) const;
  Result<http::Response> add(Ask& ask, const Member& member) const;
  Result<http::Response> add_named(Ask& ask, const Member& member) const;
  Result<http::Response> remove_named(Ask& ask, const Member& member) const;

 private:
  std::optional<Circle> find(const Ask& ask, const Member& member) const;
  // `typed` stands in the form for a person of the circle `into`, or without one in that for a new circle.
  http::Response page(const Member& member, const Input& typed, const Refusal* problem,
                      const std::optional<PublicId>& into = {}) const;
  Result<http::Response> done(Ask& ask, const Member& member, const Result<Done>& outcome,
                              const Input& typed = {}) const;

  db::Database& database_;
  Circles& circles_;
  const Respond& respond_;
};

}  // namespace keepsake::web

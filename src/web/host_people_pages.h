#pragma once
// The persons of this place as its host sees them: who is here, since when, and how much room they take. What
// they keep is nobody's to see here: counts and bytes are all.
#include <boost/json/fwd.hpp>
#include <optional>

#include "db/database.h"
#include "person/people.h"
#include "photo/quotas.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class HostPeoplePages {
 public:
  struct Uses {
    db::Database& database;
    People& people;
    Quotas& quotas;
  };
  HostPeoplePages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response list(Ask& ask, const Host& host) const;
  Result<http::Response> show(Ask& ask, const Host& host) const;
  Result<http::Response> suspend(Ask& ask, const Host& host) const;
  Result<http::Response> restore(Ask& ask, const Host& host) const;
  Result<http::Response> remove(Ask& ask, const Host& host) const;
  Result<http::Response> set_quota(Ask& ask, const Host& host) const;

 private:
  struct Resident {
    Person person;
    Kept kept;
    std::optional<std::int64_t> own_quota, quota;
  };
  static boost::json::object json_of(const Resident& resident);
  static Resident resident(db::Reader& reader, Person person);
  std::optional<Resident> find(const Ask& ask) const;
  std::string state_said(const Person& person) const;
  std::string signed_in_said(const Person& person) const;
  std::string room_said(const Resident& resident) const;
  http::Response page(const Host& host, const Resident& resident, const Input& typed,
                      const Refusal* problem) const;
  Result<http::Response> change(Ask& ask, const Host& host, Result<Done> (People::*act)(PersonId)) const;
  // The answer to something done to a person, who may have changed by it.
  Result<http::Response> done(Ask& ask, const Host& host, const Result<Done>& outcome,
                              const Input& typed = {}) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

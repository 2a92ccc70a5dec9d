#pragma once
// The second step after the password, where a person turns it on and off.
#include <string>

#include "db/database.h"
#include "person/people.h"
#include "person/recovery.h"
#include "person/second_step.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class SecondStepPages {
 public:
  struct Uses {
    db::Database& database;
    People& people;
    SecondStep& second_step;
    std::string origin;  // of this house, as people know it
  };
  SecondStepPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response show(Ask& ask, const Member& member) const;
  Result<http::Response> begin(Ask& ask, const Member& member) const;
  Result<http::Response> confirm(Ask& ask, const Member& member) const;
  Result<http::Response> remove(Ask& ask, const Member& member) const;

 private:
  // What the page shows beside what stands there anyway.
  struct Shown {
    const Refusal* problem = nullptr;
    std::string_view element = {};  // the field that the problem belongs to
    Bytes secret = {};              // a new one, this once
  };
  http::Response page(const Member& member, const Shown& shown) const;
  void fill_secret(html::Values& values, const Member& member, const Bytes& secret) const;
  // "otpauth://totp/...": what apps read from the picture (github.com/google/google-authenticator, Key URI
  // Format).
  std::string key_uri(const Member& member, const Bytes& secret) const;
  http::Response done(const Ask& ask) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

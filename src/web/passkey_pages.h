#pragma once
// One's own passkeys: added by a script, where the browser can; listed, removed and asked for after the
// password without one.
#include "db/database.h"
#include "person/passkeys.h"
#include "person/people.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class PasskeyPages {
 public:
  struct Uses {
    db::Database& database;
    People& people;
    Passkeys& passkeys;
  };
  PasskeyPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response show(Ask& ask, const Member& member) const;
  Result<http::Response> begin(Ask& ask, const Member& member) const;
  Result<http::Response> add(Ask& ask, const Member& member) const;
  Result<http::Response> remove(Ask& ask, const Member& member) const;
  Result<http::Response> ask_after_password(Ask& ask, const Member& member) const;

 private:
  // `element`: the field that the problem belongs to.
  http::Response page(const Member& member, const Refusal* problem = nullptr,
                      std::string_view element = {}) const;
  void fill_list(html::Values& values, const std::vector<ListedPasskey>& passkeys) const;
  Result<http::Response> refused(const Ask& ask, const Member& member, const Refusal& refusal,
                                 std::string_view element = {}) const;
  http::Response done(const Ask& ask) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

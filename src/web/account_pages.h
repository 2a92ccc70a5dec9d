#pragma once
// One's own account: display name, password, sessions, recovery codes, personal tokens, blocks.
#include "audience/blocks.h"
#include "db/database.h"
#include "person/passwords.h"
#include "person/people.h"
#include "person/recovery.h"
#include "person/sessions.h"
#include "person/tokens.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class AccountPages {
 public:
  struct Uses {
    db::Database& database;
    People& people;
    Passwords& passwords;
    Sessions& sessions;
    Tokens& tokens;
    Recovery& recovery;
    Blocks& blocks;
  };
  AccountPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response show(Ask& ask, const Member& member) const;
  Result<http::Response> set_profile(Ask& ask, const Member& member) const;
  Result<http::Response> set_password(Ask& ask, const Member& member) const;
  http::Response sessions(Ask& ask, const Member& member) const;
  Result<http::Response> revoke_session(Ask& ask, const Member& member) const;
  http::Response revoke_other_sessions(Ask& ask, const Member& member) const;
  Result<http::Response> make_codes(Ask& ask, const Member& member) const;
  http::Response tokens(Ask& ask, const Member& member) const;
  Result<http::Response> make_token(Ask& ask, const Member& member) const;
  Result<http::Response> revoke_token(Ask& ask, const Member& member) const;
  http::Response blocks(Ask& ask, const Member& member) const;
  Result<http::Response> block(Ask& ask, const Member& member) const;
  Result<http::Response> block_named(Ask& ask, const Member& member) const;
  Result<http::Response> unblock(Ask& ask, const Member& member) const;

 private:
  // What the page shows beside the account as it stands.
  struct Shown {
    const Refusal* problem = nullptr;
    std::string_view element = {};                 // the field that the problem belongs to
    std::string said = {};                         // a sentence: what was done
    std::string token = {};                        // a new one, this once
    std::vector<std::string> codes = {};           // new ones, this once
    std::optional<std::string> display_name = {};  // typed, where it was refused
  };
  http::Response page(const Member& member, const Shown& shown) const;
  void fill(html::Values& values, db::Reader& reader, const Member& member) const;
  // The answer to something done, or refused for what stands in the field `element`.
  Result<http::Response> done(Ask& ask, const Member& member, const Refusal* problem,
                              std::string_view element = {}) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

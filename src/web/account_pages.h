#pragma once
// One's own things and where they are: the account with its display name and password, sessions, recovery
// codes, personal tokens, blocks.
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

  http::Response things(Ask& ask, const Member& member) const;
  http::Response show(Ask& ask, const Member& member) const;
  Result<http::Response> set_profile(Ask& ask, const Member& member) const;
  Result<http::Response> set_password(Ask& ask, const Member& member) const;
  http::Response sessions(Ask& ask, const Member& member) const;
  Result<http::Response> revoke_session(Ask& ask, const Member& member) const;
  http::Response revoke_other_sessions(Ask& ask, const Member& member) const;
  http::Response codes(Ask& ask, const Member& member) const;
  Result<http::Response> make_codes(Ask& ask, const Member& member) const;
  http::Response tokens(Ask& ask, const Member& member) const;
  Result<http::Response> make_token(Ask& ask, const Member& member) const;
  Result<http::Response> revoke_token(Ask& ask, const Member& member) const;
  http::Response blocks(Ask& ask, const Member& member) const;
  Result<http::Response> block(Ask& ask, const Member& member) const;
  Result<http::Response> block_named(Ask& ask, const Member& member) const;
  Result<http::Response> unblock(Ask& ask, const Member& member) const;

 private:
  // What a page shows beside what stands there anyway.
  struct Shown {
    const Refusal* problem = nullptr;
    std::string_view element = {};                 // the field that the problem belongs to
    std::string said = {};                         // a sentence: what was done
    std::string token = {};                        // a new one, this once
    std::vector<std::string> codes = {};           // new ones, this once
    std::optional<std::string> display_name = {};  // typed, where it was refused
  };
  // One of the pages below, and the address at which it stands.
  struct Place {
    http::Response (AccountPages::*page)(const Member& member, const Shown& shown) const;
    std::string_view address;
  };
  static const Place account, sessions_place, codes_place, tokens_place, blocks_place;

  http::Response account_page(const Member& member, const Shown& shown) const;
  http::Response sessions_page(const Member& member, const Shown& shown) const;
  http::Response codes_page(const Member& member, const Shown& shown) const;
  http::Response tokens_page(const Member& member, const Shown& shown) const;
  http::Response blocks_page(const Member& member, const Shown& shown) const;
  http::Response respond(std::string_view name, std::string_view title, html::Values& values,
                         const Member& member, const Shown& shown) const;
  std::string device_said(const std::string& label) const;
  void fill_languages(html::Values& values, const Member& member) const;
  // The answer to something done at a place, or refused for what stands in the field `element`.
  Result<http::Response> done(Ask& ask, const Member& member, const Place& place, const Refusal* problem,
                              std::string_view element = {}) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

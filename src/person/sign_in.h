#pragma once
// The door: a name and a password become a session.
#include <string_view>

#include "base/result.h"
#include "person/passwords.h"
#include "person/rate_limit.h"
#include "person/sessions.h"

namespace keepsake {

namespace person_store {
struct Account;
}

// Where a try comes from.
struct Client {
  std::string_view address;     // as RequestHead::peer gives it
  std::string_view user_agent;  // empty if none was sent
};

class SignIn {
 public:
  SignIn(db::Database& database, Passwords& passwords, Sessions& sessions, const Clock& clock)
      : database_(database), passwords_(passwords), sessions_(sessions), attempts_(clock) {}

  // One sentence and one amount of work for a wrong name, a wrong password and a suspended person (sign_in).
  // Refused also as too_many and unavailable. `previous`: the session token the browser came with, which
  // ends.
  Result<StartedSession> with_password(std::string_view name, std::string_view password, const Client& client,
                                       std::string_view previous = {});

 private:
  Result<StartedSession> start(const person_store::Account& account, std::string_view password,
                               const Client& client, std::string_view previous);

  db::Database& database_;
  Passwords& passwords_;
  Sessions& sessions_;
  Attempts attempts_;
};

}  // namespace keepsake

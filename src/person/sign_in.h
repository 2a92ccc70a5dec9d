#pragma once
// The door: a name and a password, and where the person wants one a second step, become a session.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "person/passwords.h"
#include "person/rate_limit.h"
#include "person/recovery.h"
#include "person/second_step.h"
#include "person/sessions.h"
#include "person/sign_in_ticket.h"

namespace keepsake {

namespace person_store {
struct Account;
}

// Where a try comes from.
struct Client {
  std::string_view address;     // as RequestHead::peer gives it
  std::string_view user_agent;  // empty if none was sent
};

// Where a right password leads: to a session, or before the second step.
struct Entry {
  std::optional<StartedSession> session;
  std::string ticket = {};  // for the second step, where there is no session yet
};

class SignIn {
 public:
  struct Uses {
    db::Database& database;
    Passwords& passwords;
    Sessions& sessions;
    SecondStep& second_step;
    Recovery& recovery;
    const blobs::InstanceKey& key;
    const Clock& clock;
  };
  explicit SignIn(const Uses& uses)
      : uses_(uses), tickets_(uses.key, uses.clock), attempts_(uses.clock), code_attempts_(uses.clock) {}

  // One sentence and one amount of work for a wrong name, a wrong password and a suspended person (sign_in).
  // Refused also as too_many and unavailable. `previous`: the session token the browser came with, which
  // ends.
  Result<Entry> with_password(std::string_view name, std::string_view password, const Client& client,
                              std::string_view previous = {});
  // The second step, by a code from the app or by a recovery code, which is used up. Refused: sign_in, where the
  // ticket has ended; invalid (field "code"); too_many.
  Result<StartedSession> with_code(std::string_view ticket, std::string_view code, const Client& client,
                                   std::string_view previous = {});
  // Whether with_code may still be called with this ticket.
  bool holds(std::string_view ticket) const;
  // For who has just set a new password by a link: that is no second step.
  Entry after_link(PersonId person, const Client& client, std::string_view previous = {});

 private:
  Result<Entry> enter(const person_store::Account& account, std::string_view password, const Client& client,
                      std::string_view previous);
  Entry go_on(db::Tx& tx, const person_store::Account& account, const Client& client,
              std::string_view previous);
  // Whose ticket it is, if they may still go on with it.
  std::optional<PersonId> waiting(db::Reader& reader, std::string_view ticket) const;

  Uses uses_;
  SignInTickets tickets_;
  Attempts attempts_;
  Attempts code_attempts_;  // by person
};

}  // namespace keepsake

#pragma once
// The door: a name and a password, and where the person wants one a second step, or a passkey alone, become a
// session.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "person/door_tries.h"
#include "person/passkeys.h"
#include "person/passwords.h"
#include "person/recovery.h"
#include "person/second_step.h"
#include "person/sessions.h"
#include "person/sign_in_ticket.h"

namespace keepsake {

namespace person_store {
struct Account;
}

// Where a right password leads: to a session, or before the second step.
struct Entry {
  std::optional<StartedSession> session;
  std::string ticket = {};  // for the second step, where there is no session yet
};

// By what the second step can be taken, beside recovery codes.
struct Steps {
  bool by_app = false;
  bool by_passkey = false;
};

class SignIn {
 public:
  struct Uses {
    db::Database& database;
    Passwords& passwords;
    Sessions& sessions;
    SecondStep& second_step;
    Passkeys& passkeys;
    Recovery& recovery;
    const blobs::InstanceKey& key;
    const Clock& clock;
  };
  explicit SignIn(const Uses& uses)
      : uses_(uses),
        tickets_(uses.key, uses.clock),
        tries_(uses.clock),
        step_tries_(uses.clock),
        passkey_tries_(uses.clock, {30, std::chrono::seconds(20)}) {}

  // One sentence and one amount of work for a wrong name and a wrong password (sign_in). Who knows the
  // password of a suspended person is told since when, or until when a removal can be taken back (sign_in,
  // with a phrase whose number is that day, in days since 1970). Refused also as too_many and unavailable.
  Result<Entry> with_password(std::string_view name, std::string_view password, const Client& client);

  // What the second step of this ticket can be; nothing once the ticket has ended.
  std::optional<Steps> steps(std::string_view ticket) const;
  // The second step, by a code from the app or by a recovery code, which is used up. Refused: sign_in, where
  // the ticket has ended; invalid (field "code"); too_many.
  Result<StartedSession> with_code(std::string_view ticket, std::string_view code, const Client& client);
  // The second step by a passkey, for passkey_request(ticket). Refused: sign_in, too_many.
  Result<StartedSession> with_passkey(std::string_view ticket, const ShownPasskey& shown,
                                      const Client& client);
  // A passkey alone, for Passkeys::request(). Refused: sign_in, too_many.
  Result<StartedSession> with_passkey(const ShownPasskey& shown, const Client& client);
  // Nothing once the ticket has ended.
  std::optional<PasskeyRequest> passkey_request(std::string_view ticket) const;

  // For who has just set a new password by a link: that is no second step.
  Entry after_link(PersonId person, const Client& client);

 private:
  Result<Entry> enter(const person_store::Account& account, std::string_view password, const Client& client);
  Entry go_on(db::Tx& tx, const person_store::Account& account, const Client& client);
  // Whose ticket it is, if they may still go on with it.
  std::optional<PersonId> waiting(db::Reader& reader, std::string_view ticket) const;
  Trying trying(const std::string& name, const Client& client) const;
  Result<StartedSession> check_passkey(const ShownPasskey& shown, std::string_view ticket,
                                       std::optional<PersonId> person, const Client& client);

  Uses uses_;
  SignInTickets tickets_;
  DoorTries tries_;          // by name
  DoorTries step_tries_;     // by person
  RateLimit passkey_tries_;  // by address
};

}  // namespace keepsake

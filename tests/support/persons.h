#pragma once
// Persons for tests: everything of person/ over one database, with a clock that stands still and passwords
// that cost next to nothing.
#include <string>

#include "base/clock.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "person/invitations.h"
#include "person/passkeys.h"
#include "person/passwords.h"
#include "person/people.h"
#include "person/recovery.h"
#include "person/second_step.h"
#include "person/sessions.h"
#include "person/setup.h"
#include "person/sign_in.h"
#include "person/tokens.h"

namespace keepsake::support {

inline constexpr Passwords::Cost cheap{1, 8192};
inline constexpr const char* password = "a long enough secret";

struct Persons {
  explicit Persons(db::Database& over) : database(over) {}

  PersonId add(const std::string& name, bool host = false) {
    return *people.add({name, "Display " + name, password, host});
  }
  // Runs in a transaction of its own.
  template <class F>
  auto write(F&& fn) {
    return database.write(std::forward<F>(fn));
  }
  template <class F>
  auto read(F&& fn) {
    return database.read(std::forward<F>(fn));
  }

  db::Database& database;
  ManualClock clock;
  Passwords passwords{cheap};
  People people{database, passwords, clock};
  Sessions sessions{database, clock};
  Tokens tokens{database, clock};
  Invitations invitations{people, clock};
  Recovery recovery{database, passwords, clock};
  Setup setup{database, people, passwords, clock};
  blobs::InstanceKey key = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{7}));
  SecondStep second_step{database, key, clock};
  Passkeys passkeys{database, key, clock, webauthn::house_at("https://photos.example")};
  SignIn sign_in{{database, passwords, sessions, second_step, passkeys, recovery, key, clock}};
};

}  // namespace keepsake::support

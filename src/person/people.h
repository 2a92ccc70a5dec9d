#pragma once
// What one may do with persons.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "person/passwords.h"
#include "person/person.h"
#include "person/rate_limit.h"

namespace keepsake {

namespace person_store {
struct Account;
}

struct NewPerson {
  std::string name;
  std::string display_name;  // empty: the name
  std::string password;
  bool host = false;
};

// What a person's own list of what happened to their account can say.
enum class AccountEvent : std::int64_t {
  created = 0,
  password_changed = 1,
  recovery_codes_made = 2,
  recovery_code_used = 3,
  recovery_link_made = 4,
  recovery_link_used = 5,
  token_made = 6,
  token_revoked = 7,
  second_step_on = 8,
  second_step_off = 9,
  second_step_taken = 10,  // by the host's command
  code_instead = 11,       // a recovery code in the place of a second step
  passkey_added = 12,
  passkey_removed = 13,
  passkey_copied = 14,  // its counter had gone back: there are two of it
  new_device = 15,
  suspended = 20,
  restored = 21,
};
struct PeopleCount {
  std::int64_t all = 0;
  std::int64_t suspended = 0;  // those among them who are
};
struct RecordedEvent {
  AccountEvent event;
  Time at;
};

class People {
 public:
  using Hook = std::function<void(db::Tx&, PersonId)>;

  People(db::Database& database, Passwords& passwords, const Clock& clock)
      : database_(database), passwords_(passwords), clock_(clock), presents_(clock, {}) {}

  static std::optional<Person> find(db::Reader& reader, PersonId id);
  static std::optional<Person> find(db::Reader& reader, std::string_view name);
  // Up to `limit` persons (1 to 200) by name, from the first name after `after`.
  static std::vector<Person> list(db::Reader& reader, std::string_view after, int limit);
  static PeopleCount count(db::Reader& reader);
  // The newest first, at most 100.
  static std::vector<RecordedEvent> events(db::Reader& reader, PersonId id);

  // Refused: invalid (field "name", "display_name" or "password"), conflict (the name is taken), unavailable.
  // Hashes the password, so not to be called within a transaction.
  Result<PersonId> add(const NewPerson& person);
  // The same within a transaction, with a password hashed before.
  Result<PersonId> add(db::Tx& tx, std::string_view name, std::string_view display_name,
                       const PasswordHash& password, bool host);

  Result<Done> set_display_name(PersonId id, std::string_view display_name);
  // The language of the pages for this person: a BCP 47 tag that the caller knows; empty: as the browser
  // asks.
  void set_language(PersonId id, std::string_view language);
  // Whether the present password fits, asked before something that is worth a thief's while. Refused: invalid
  // (field "present"), too_many, unavailable.
  Result<Done> check_password(PersonId id, std::string_view present);
  // Needs the present password. Ends every session but `keep` (a session's public id) and what recovery links
  // there are. Refused as check_password refuses, and invalid (field "password").
  Result<Done> change_password(PersonId id, std::string_view present, std::string_view password,
                               const std::optional<PublicId>& keep);
  // By the host's hand, on the host's machine: ends all sessions and tokens.
  Result<Done> set_password(PersonId id, std::string_view password);

  // A suspended person cannot sign in, their sessions and tokens end, and what they share is hidden meanwhile
  // (audience/blocks.h, by on_change). The only host cannot be suspended, nor stop being host: refused as
  // conflict.
  Result<Done> suspend(PersonId id);
  // Ends what suspend() and set_aside() began; everything is as it was before, but sessions and tokens.
  Result<Done> unsuspend(PersonId id);
  Result<Done> set_host(PersonId id, bool host);

  // Suspends a person who is to go for good once `removal_takes` is over; until then unsuspend() takes it
  // back. Refused as suspend() is.
  Result<Done> set_aside(PersonId id);
  static constexpr std::chrono::days removal_takes{30};
  // Removes those whose time is over. To be called now and then.
  void sweep_removed();
  // Calls the hooks, then forgets the person with everything that belongs to them. Refused: not_found;
  // conflict if they are the only host while others are here.
  Result<Done> remove(PersonId id);
  // What must happen before a person's rows go (their blobs' keys destroyed), in the same transaction. To be
  // given before the first removal.
  void on_remove(Hook hook) { on_remove_.push_back(std::move(hook)); }
  // What must happen when something changes that others see, that was decided by or that is known of who is
  // signed in: the display name, the language, being suspended, being host, and the password, with which
  // sessions end. In the same transaction.
  void on_change(Hook hook) { on_change_.push_back(std::move(hook)); }

 private:
  // Within a transaction; nothing if there is no reason against it.
  std::optional<Refusal> shut_out(db::Tx& tx, PersonId id);
  void forget(db::Tx& tx, PersonId id);
  static void call(const std::vector<Hook>& hooks, db::Tx& tx, PersonId id);
  std::optional<Refusal> present_fault(const person_store::Account& account, std::string_view present);

  db::Database& database_;
  Passwords& passwords_;
  const Clock& clock_;
  RateLimit presents_;  // tries of a present password, by person
  std::vector<Hook> on_remove_;
  std::vector<Hook> on_change_;
};

}  // namespace keepsake

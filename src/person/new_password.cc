#include "person/new_password.h"

#include "person/device_store.h"
#include "person/one_time_store.h"
#include "person/passkey_store.h"
#include "person/person_store.h"
#include "person/session_store.h"
#include "person/token_store.h"

namespace keepsake {

void put_new_password(db::Tx& tx, PersonId person, const PasswordHash& hash, AccountEvent event, Time now,
                      const std::optional<PublicId>& keep) {
  person_store::set_password(tx, person, hash);
  session_store::remove_all(tx, person, keep);
  device_store::remove_without_session(tx, person);
  one_time_store::remove_recovery_links(tx, person);
  person_store::record(tx, person, event, now);
}

void recover_with_password(db::Tx& tx, PersonId person, const PasswordHash& hash, AccountEvent event,
                           Time now) {
  put_new_password(tx, person, hash, event, now);
  token_store::remove_all(tx, person);
  if (!passkey_store::asked_after_password(tx, person)) passkey_store::remove_all(tx, person);
}

}  // namespace keepsake

#pragma once
// What a new password brings with it, however it came about.
#include <optional>

#include "db/database.h"
#include "person/passwords.h"
#include "person/people.h"

namespace keepsake {

// Who had the old password may be somebody else: all sessions but `keep` and all recovery links end, and no
// device but that session's is known any more.
void put_new_password(db::Tx& tx, PersonId person, const PasswordHash& hash, AccountEvent event, Time now,
                      const std::optional<PublicId>& keep = {});
// The same where nobody proved to know the old one: tokens end too, and passkeys, unless they are this
// person's second step, which a new password does not replace.
void recover_with_password(db::Tx& tx, PersonId person, const PasswordHash& hash, AccountEvent event,
                           Time now);

}  // namespace keepsake

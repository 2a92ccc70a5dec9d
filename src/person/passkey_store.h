#pragma once
// The SQL of passkeys and of challenges that were met.
#include <optional>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "db/database.h"
#include "person/passkey.h"

namespace keepsake::passkey_store {

struct NewPasskey {
  PublicId public_id;
  PersonId person;
  const webauthn::NewCredential& credential;
  std::string_view label;
  Time created;
};

// The handle of a person, made by the first call.
Bytes handle_of(db::Tx& tx, PersonId person);
bool asked_after_password(db::Reader& reader, PersonId person);
void ask_after_password(db::Tx& tx, PersonId person, bool asked);

// Whether no one had that credential.
bool add(db::Tx& tx, const NewPasskey& passkey);
std::optional<Passkey> find(db::Reader& reader, ByteView credential);
std::vector<Bytes> credentials(db::Reader& reader, PersonId person);
std::vector<ListedPasskey> list(db::Reader& reader, PersonId person);
void use(db::Tx& tx, PasskeyId passkey, std::int64_t counter, Time now);
bool remove(db::Tx& tx, PersonId person, const PublicId& passkey);
void remove_all(db::Tx& tx, PersonId person);

// Whether the challenge was met for the first time.
bool meet(db::Tx& tx, const Digest& challenge, Time expires);
void forget_met(db::Tx& tx, Time now);

}  // namespace keepsake::passkey_store

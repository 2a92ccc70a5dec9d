#include "person/passkey_store.h"

#include "base/random.h"

namespace keepsake::passkey_store {
namespace {

constexpr std::size_t handle_bytes = 32;

}  // namespace

Bytes handle_of(db::Tx& tx, PersonId person) {
  tx.execute(
      "INSERT INTO passkey_holder (person, handle, after_password) VALUES ($1, $2, $3) "
      "ON CONFLICT (person) DO NOTHING",
      person, random_bytes(handle_bytes), false);
  return tx.one(
      "SELECT handle FROM passkey_holder WHERE person = $1", [](const db::Row& row) { return row.bytes(0); },
      person);
}

bool asked_after_password(db::Reader& reader, PersonId person) {
  return reader.exists(
      "SELECT 1 FROM passkey_holder h JOIN passkey k ON k.person = h.person "
      "WHERE h.person = $1 AND h.after_password LIMIT 1",
      person);
}

void ask_after_password(db::Tx& tx, PersonId person, bool asked) {
  tx.execute("UPDATE passkey_holder SET after_password = $1 WHERE person = $2", asked, person);
}

bool add(db::Tx& tx, const NewPasskey& passkey) {
  return tx.execute(
             "INSERT INTO passkey (public_id, person, credential, algorithm, public_key, counter, label, "
             "created) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING",
             passkey.public_id, passkey.person, ByteView(passkey.credential.id),
             passkey.credential.key.algorithm, ByteView(passkey.credential.key.bytes),
             static_cast<std::int64_t>(passkey.credential.counter), passkey.label, passkey.created) > 0;
}

std::optional<Passkey> find(db::Reader& reader, ByteView credential) {
  return reader.maybe(
      "SELECT k.id, k.person, k.algorithm, k.public_key, k.counter, h.handle "
      "FROM passkey k JOIN passkey_holder h ON h.person = k.person JOIN person p ON p.id = k.person "
      "WHERE k.credential = $1 AND p.suspended IS NULL",
      [](const db::Row& row) {
        return Passkey{row.id<PasskeyId>(0),
                       row.id<PersonId>(1),
                       {row.integer(2), row.bytes(3)},
                       row.integer(4),
                       row.bytes(5)};
      },
      credential);
}

std::vector<Bytes> credentials(db::Reader& reader, PersonId person) {
  return reader.all(
      "SELECT credential FROM passkey WHERE person = $1 ORDER BY id",
      [](const db::Row& row) { return row.bytes(0); }, person);
}

std::vector<ListedPasskey> list(db::Reader& reader, PersonId person) {
  return reader.all(
      "SELECT public_id, label, created, last_used FROM passkey WHERE person = $1 ORDER BY id DESC",
      [](const db::Row& row) {
        return ListedPasskey{row.public_id(0), row.text(1), row.time(2), row.maybe_time(3)};
      },
      person);
}

void use(db::Tx& tx, PasskeyId passkey, std::int64_t counter, Time now) {
  tx.execute("UPDATE passkey SET counter = $1, last_used = $2 WHERE id = $3", counter, now, passkey);
}

bool remove(db::Tx& tx, PersonId person, const PublicId& passkey) {
  return tx.execute("DELETE FROM passkey WHERE person = $1 AND public_id = $2", person, passkey) > 0;
}

void remove_all(db::Tx& tx, PersonId person) {
  tx.execute("DELETE FROM passkey WHERE person = $1", person);
}

bool meet(db::Tx& tx, const Digest& challenge, Time expires) {
  return tx.execute(
             "INSERT INTO used_challenge (hash, expires) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
             challenge, expires) > 0;
}

void forget_met(db::Tx& tx, Time now) {
  tx.execute("DELETE FROM used_challenge WHERE expires <= $1", now);
}

}  // namespace keepsake::passkey_store

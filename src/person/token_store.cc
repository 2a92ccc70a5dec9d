#include "person/token_store.h"

namespace keepsake::token_store {

void add(db::Tx& tx, const PublicId& id, PersonId person, const Digest& hash, std::string_view label,
         Time created) {
  tx.execute(
      "INSERT INTO personal_token (public_id, person, hash, label, created) VALUES ($1, $2, $3, $4, $5)", id,
      person, hash, label, created);
}

int count(db::Reader& reader, PersonId person) {
  return static_cast<int>(reader.one(
      "SELECT count(*) FROM personal_token WHERE person = $1",
      [](const db::Row& row) { return row.integer(0); }, person));
}

std::optional<TokenInfo> find(db::Reader& reader, const Digest& hash) {
  return reader.maybe(
      "SELECT t.id, p.id, p.name, p.display_name, p.host, t.last_used, p.language "
      "FROM personal_token t JOIN person p ON p.id = t.person WHERE t.hash = $1 AND p.suspended IS NULL",
      [](const db::Row& row) {
        return TokenInfo{row.id<TokenId>(0), row.id<PersonId>(1), row.text(2), row.text(3),
                         row.boolean(4),     row.maybe_time(5),   row.text(6)};
      },
      hash);
}

void touch(db::Tx& tx, TokenId id, Time now) {
  tx.execute("UPDATE personal_token SET last_used = $1 WHERE id = $2", now, id);
}

std::vector<TokenListed> list(db::Reader& reader, PersonId person) {
  return reader.all(
      "SELECT public_id, label, created, last_used FROM personal_token WHERE person = $1 ORDER BY id DESC",
      [](const db::Row& row) {
        return TokenListed{row.public_id(0), row.text(1), row.time(2), row.maybe_time(3)};
      },
      person);
}

bool remove(db::Tx& tx, PersonId person, const PublicId& token) {
  return tx.execute("DELETE FROM personal_token WHERE person = $1 AND public_id = $2", person, token) > 0;
}

std::int64_t remove_all(db::Tx& tx, PersonId person) {
  return tx.execute("DELETE FROM personal_token WHERE person = $1", person);
}

}  // namespace keepsake::token_store

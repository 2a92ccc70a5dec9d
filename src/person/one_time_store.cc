#include "person/one_time_store.h"

namespace keepsake::one_time_store {
namespace {

std::int64_t number(LinkKind kind) {
  return static_cast<std::int64_t>(kind);
}

}  // namespace

void add_link(db::Tx& tx, LinkKind kind, const Digest& hash, std::optional<PersonId> person, Time created,
              std::optional<Time> expires) {
  tx.execute("INSERT INTO one_time_link (kind, hash, person, created, expires) VALUES ($1, $2, $3, $4, $5)",
             number(kind), hash, person, created, expires);
}

std::optional<Link> find_link(db::Reader& reader, LinkKind kind, const Digest& hash, Time now) {
  return reader.maybe(
      "SELECT person FROM one_time_link WHERE kind = $1 AND hash = $2 AND (expires IS NULL OR expires > $3)",
      [](const db::Row& row) { return row.is_null(0) ? Link{} : Link{row.id<PersonId>(0)}; }, number(kind),
      hash, now);
}

void remove_links(db::Tx& tx, LinkKind kind) {
  tx.execute("DELETE FROM one_time_link WHERE kind = $1", number(kind));
}

void remove_recovery_links(db::Tx& tx, PersonId person) {
  tx.execute("DELETE FROM one_time_link WHERE kind = $1 AND person = $2", number(LinkKind::recovery), person);
}

void keep_newest(db::Tx& tx, LinkKind kind, int count) {
  tx.execute(
      "DELETE FROM one_time_link WHERE kind = $1 AND id NOT IN "
      "(SELECT id FROM one_time_link WHERE kind = $1 ORDER BY id DESC LIMIT $2)",
      number(kind), count);
}

void replace_codes(db::Tx& tx, PersonId person, const std::vector<Digest>& hashes) {
  tx.execute("DELETE FROM recovery_code WHERE person = $1", person);
  for (const Digest& hash : hashes)
    tx.execute("INSERT INTO recovery_code (person, hash) VALUES ($1, $2)", person, hash);
}

int codes_left(db::Reader& reader, PersonId person) {
  return static_cast<int>(reader.one(
      "SELECT count(*) FROM recovery_code WHERE person = $1",
      [](const db::Row& row) { return row.integer(0); }, person));
}

std::optional<PersonId> find_code(db::Reader& reader, std::string_view name, const Digest& hash) {
  return reader.maybe(
      "SELECT p.id FROM recovery_code c JOIN person p ON p.id = c.person "
      "WHERE p.name = $1 AND c.hash = $2 AND p.suspended IS NULL",
      [](const db::Row& row) { return row.id<PersonId>(0); }, name, hash);
}

bool use_code(db::Tx& tx, PersonId person, const Digest& hash) {
  return tx.execute("DELETE FROM recovery_code WHERE person = $1 AND hash = $2", person, hash) > 0;
}

bool phrase_confirmed(db::Reader& reader) {
  return reader.exists("SELECT 1 FROM setup_state");
}

void confirm_phrase(db::Tx& tx, Time now) {
  tx.execute("INSERT INTO setup_state (id, phrase_confirmed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
             now);
}

}  // namespace keepsake::one_time_store

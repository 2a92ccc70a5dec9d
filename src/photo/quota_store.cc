#include "photo/quota_store.h"

namespace keepsake::quota_store {
namespace {

Kept read_kept(const db::Row& row) {
  return {row.integer(0), row.integer(1)};
}

}  // namespace

Kept kept(db::Reader& reader, PersonId person) {
  return reader.maybe("SELECT photos, bytes FROM kept WHERE person = $1", read_kept, person).value_or(Kept());
}

Kept kept_by_all(db::Reader& reader) {
  return reader.one(
      "SELECT CAST(COALESCE(sum(photos), 0) AS bigint), CAST(COALESCE(sum(bytes), 0) AS bigint) FROM kept",
      read_kept);
}

void add_kept(db::Tx& tx, PersonId person, const Kept& more) {
  tx.execute(
      "INSERT INTO kept (person, photos, bytes) VALUES ($1, $2, $3) ON CONFLICT (person) DO UPDATE "
      "SET photos = kept.photos + excluded.photos, bytes = kept.bytes + excluded.bytes",
      person, more.photos, more.bytes);
}

std::optional<std::int64_t> standard(db::Reader& reader) {
  return reader.maybe("SELECT bytes FROM standard_quota", [](const db::Row& row) { return row.integer(0); });
}

std::optional<std::int64_t> own(db::Reader& reader, PersonId person) {
  return reader.maybe(
      "SELECT bytes FROM quota WHERE person = $1", [](const db::Row& row) { return row.integer(0); }, person);
}

void set_standard(db::Tx& tx, const std::optional<std::int64_t>& bytes) {
  tx.execute("DELETE FROM standard_quota");
  if (bytes) tx.execute("INSERT INTO standard_quota (id, bytes) VALUES (1, $1)", *bytes);
}

void set_own(db::Tx& tx, PersonId person, const std::optional<std::int64_t>& bytes) {
  tx.execute("DELETE FROM quota WHERE person = $1", person);
  if (bytes) tx.execute("INSERT INTO quota (person, bytes) VALUES ($1, $2)", person, *bytes);
}

}  // namespace keepsake::quota_store

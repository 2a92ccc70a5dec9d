#include "person/device_store.h"

namespace keepsake::device_store {
namespace {

DeviceId read_id(const db::Row& row) {
  return row.id<DeviceId>(0);
}

}  // namespace

std::optional<DeviceId> find(db::Reader& reader, PersonId person, const Digest& hash) {
  return reader.maybe("SELECT id FROM known_device WHERE person = $1 AND hash = $2", read_id, person, hash);
}

std::optional<DeviceId> find(db::Reader& reader, std::string_view name, const Digest& hash) {
  return reader.maybe(
      "SELECT d.id FROM known_device d JOIN person p ON p.id = d.person WHERE d.hash = $1 AND p.name = $2",
      read_id, hash, name);
}

DeviceId add(db::Tx& tx, const NewDevice& device) {
  return tx.one(
      "INSERT INTO known_device (person, hash, label, created, last_seen, noticed) "
      "VALUES ($1, $2, $3, $4, $4, (SELECT COALESCE(max(id), 0) FROM known_device WHERE person = $1)) "
      "RETURNING id",
      read_id, device.person, device.hash, device.label, device.now);
}

bool has_any(db::Reader& reader, PersonId person) {
  return reader.exists("SELECT 1 FROM known_device WHERE person = $1 LIMIT 1", person);
}

void rename(db::Tx& tx, const Digest& from, const Digest& to) {
  tx.execute("UPDATE known_device SET hash = $1 WHERE hash = $2", to, from);
}

void touch(db::Tx& tx, DeviceId device, std::string_view label, Time now) {
  tx.execute("UPDATE known_device SET label = $1, last_seen = $2 WHERE id = $3", label, now, device);
}

void notice(db::Tx& tx, PersonId person, const PublicId& session) {
  tx.execute(
      "UPDATE known_device SET noticed = (SELECT max(id) FROM known_device WHERE person = $1) "
      "WHERE id = (SELECT device FROM session WHERE person = $1 AND public_id = $2)",
      person, session);
}

void keep(db::Tx& tx, PersonId person, int count) {
  tx.execute(
      "DELETE FROM known_device WHERE person = $1 AND id NOT IN (SELECT id FROM "
      "(SELECT d.id, d.last_seen, EXISTS (SELECT 1 FROM session s WHERE s.device = d.id) AS used "
      "FROM known_device d WHERE d.person = $1) AS own "
      "ORDER BY used DESC, CASE WHEN used THEN id ELSE -last_seen END, id LIMIT $2)",
      person, count);
}

void remove_of_session(db::Tx& tx, PersonId person, const PublicId& session) {
  tx.execute(
      "DELETE FROM known_device WHERE person = $1 AND id = "
      "(SELECT device FROM session WHERE person = $1 AND public_id = $2)",
      person, session);
}

void remove_without_session(db::Tx& tx, PersonId person) {
  tx.execute(
      "DELETE FROM known_device WHERE person = $1 AND id NOT IN "
      "(SELECT device FROM session WHERE person = $1 AND device IS NOT NULL)",
      person);
}

void remove_unused(db::Tx& tx, Time before) {
  tx.execute("DELETE FROM known_device WHERE last_seen < $1", before);
}

}  // namespace keepsake::device_store

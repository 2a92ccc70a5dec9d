#include "person/session_store.h"

#include <chrono>

namespace keepsake::session_store {
namespace {

constexpr std::int64_t micros(std::chrono::microseconds duration) {
  return duration.count();
}

}  // namespace

void add(db::Tx& tx, const NewSession& session) {
  tx.execute(
      "INSERT INTO session (public_id, person, hash, label, created, last_seen, expires, device) "
      "VALUES ($1, $2, $3, $4, $5, $5, $6, $7)",
      session.public_id, session.person, session.hash, session.label, session.created, session.expires,
      session.device);
}

std::optional<SessionInfo> find(db::Reader& reader, const Digest& hash, Time now) {
  return reader.maybe(
      "SELECT s.id, s.public_id, p.id, p.name, p.display_name, p.host, s.last_seen, "
      "s.expires, p.language, EXISTS (SELECT 1 FROM known_device other WHERE other.person = s.person "
      "AND other.id <> here.id AND other.id > here.noticed) "
      "FROM session s JOIN person p ON p.id = s.person LEFT JOIN known_device here ON here.id = s.device "
      "WHERE s.hash = $1 AND s.expires > $2 AND p.suspended IS NULL",
      [](const db::Row& row) {
        return SessionInfo{row.id<SessionId>(0), row.public_id(1), row.id<PersonId>(2), row.text(3),
                           row.text(4),          row.boolean(5),   row.time(6),         row.time(7),
                           row.text(8),          row.boolean(9)};
      },
      hash, now);
}

std::vector<SessionListed> list(db::Reader& reader, PersonId person, Time now) {
  return reader.all(
      "SELECT s.public_id, s.label, s.created, s.last_seen, s.expires, COALESCE(d.created = s.created, "
      "false) "
      "FROM session s LEFT JOIN known_device d ON d.id = s.device "
      "WHERE s.person = $1 AND s.expires > $2 ORDER BY s.last_seen DESC, s.id DESC LIMIT 200",
      [](const db::Row& row) {
        return SessionListed{row.public_id(0), row.text(1), row.time(2),
                             row.time(3),      row.time(4), row.boolean(5)};
      },
      person, now);
}

void touch(db::Tx& tx, SessionId id, Time now) {
  tx.execute(
      "UPDATE session SET last_seen = $1, "
      "expires = CASE WHEN created + $2 < $3 THEN created + $2 ELSE $3 END WHERE id = $4",
      now, micros(Sessions::in_all), now + Sessions::unused_for, id);
}

bool remove(db::Tx& tx, PersonId person, const PublicId& session) {
  return tx.execute("DELETE FROM session WHERE person = $1 AND public_id = $2", person, session) > 0;
}

void remove(db::Tx& tx, const Digest& hash) {
  tx.execute("DELETE FROM session WHERE hash = $1", hash);
}

std::int64_t remove_all(db::Tx& tx, PersonId person, const std::optional<PublicId>& keep) {
  if (!keep) return tx.execute("DELETE FROM session WHERE person = $1", person);
  return tx.execute("DELETE FROM session WHERE person = $1 AND public_id <> $2", person, *keep);
}

void remove_expired(db::Tx& tx, Time now) {
  tx.execute("DELETE FROM session WHERE expires <= $1", now);
}

}  // namespace keepsake::session_store

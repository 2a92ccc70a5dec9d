#include "person/invitation_store.h"

namespace keepsake::invitation_store {
namespace {

std::optional<CircleId> maybe_circle(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<CircleId>(column);
}

Found read_found(const db::Row& row) {
  return {row.id<InvitationId>(0), {row.maybe_text(1), maybe_circle(row, 2), row.time(3)}};
}

ListedInvitation read_listed(const db::Row& row) {
  return {row.public_id(0), maybe_circle(row, 1), row.time(2),
          row.time(3),      row.maybe_text(4),    !row.is_null(5)};
}

}  // namespace

void add(db::Tx& tx, const PublicId& id, const Digest& hash, const NewInvitation& invitation, Time created,
         Time expires) {
  tx.execute(
      "INSERT INTO invitation (public_id, hash, made_by, circle, created, expires) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      id, hash, invitation.by, invitation.circle, created, expires);
}

std::optional<Found> find(db::Reader& reader, const Digest& hash, Time now) {
  return reader.maybe(
      "SELECT i.id, p.display_name, i.circle, i.expires FROM invitation i LEFT JOIN person p ON p.id = "
      "i.made_by "
      "WHERE i.hash = $1 AND i.used IS NULL AND i.expires > $2 AND p.suspended IS NULL",
      read_found, hash, now);
}

int count_open(db::Reader& reader, PersonId by, Time now) {
  return static_cast<int>(reader.one(
      "SELECT count(*) FROM invitation WHERE made_by = $1 AND used IS NULL AND expires > $2",
      [](const db::Row& row) { return row.integer(0); }, by, now));
}

bool use(db::Tx& tx, InvitationId id, PersonId by, Time now) {
  return tx.execute("UPDATE invitation SET used = $1, used_by = $2 WHERE id = $3 AND used IS NULL", now, by,
                    id) > 0;
}

#define LISTED                                                                            \
  "SELECT i.public_id, i.circle, i.created, i.expires, p.name, i.used FROM invitation i " \
  "LEFT JOIN person p ON p.id = i.used_by "

std::vector<ListedInvitation> list(db::Reader& reader, const std::optional<PersonId>& by) {
  if (by) return reader.all(LISTED "WHERE i.made_by = $1 ORDER BY i.id DESC LIMIT 200", read_listed, *by);
  return reader.all(LISTED "WHERE i.made_by IS NULL ORDER BY i.id DESC LIMIT 200", read_listed);
}

bool remove(db::Tx& tx, const std::optional<PersonId>& by, const PublicId& invitation) {
  if (by)
    return tx.execute("DELETE FROM invitation WHERE public_id = $1 AND used IS NULL AND made_by = $2",
                      invitation, *by) > 0;
  return tx.execute("DELETE FROM invitation WHERE public_id = $1 AND used IS NULL AND made_by IS NULL",
                    invitation) > 0;
}

}  // namespace keepsake::invitation_store

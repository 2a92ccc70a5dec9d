#include "album/drop_store.h"

namespace keepsake::drop_store {
namespace {

// $1: what is looked for; $2: now.
#define LIVE_LINK                                                                   \
  "FROM drop_link l JOIN album a ON a.item = l.album JOIN item i ON i.id = a.item " \
  "JOIN person p ON p.id = a.owner "

#define IS_LIVE                                                               \
  "l.revoked IS NULL AND (l.expires IS NULL OR l.expires > $2) AND i.sealed " \
  "AND NOT EXISTS (SELECT 1 FROM quiet q WHERE q.person = a.owner)"

#define VISIT_COLUMNS "v.id, l.id, a.owner, a.item, l.name, p.display_name, v.expires "

std::optional<PasswordHash> read_passphrase(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return PasswordHash{row.text(column)};
}

DropVisit read_visit(const db::Row& row) {
  return {row.integer(0), row.integer(1), row.id<PersonId>(2), row.id<ItemId>(3), row.text(4), row.text(5)};
}

DropLink read_link(const db::Row& row, Time now) {
  DropLink link{row.public_id(0), row.text(1), !row.is_null(2), row.maybe_time(3), row.time(4)};
  link.ended = link.expires && *link.expires <= now;
  return link;
}

Room read_room(const db::Row& row) {
  return {row.integer(0), row.integer(1)};
}

}  // namespace

void insert(db::Tx& tx, const NewRow& link, Time now) {
  tx.execute(
      R"(INSERT INTO drop_link (public_id, album, name, hash, passphrase_hash, expires, created, most_photos,
           most_bytes, photos, bytes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0))",
      link.id, link.album, link.name, ByteView(link.hash),
      link.passphrase ? std::optional(link.passphrase->text) : std::nullopt, link.expires, now,
      link.most_photos, link.most_bytes);
}

std::int64_t count(db::Reader& reader, ItemId album) {
  return reader.one(
      "SELECT count(*) FROM drop_link WHERE album = $1 AND revoked IS NULL",
      [](const db::Row& row) { return row.integer(0); }, album);
}

std::vector<DropLink> of_album(db::Reader& reader, ItemId album, Time now) {
  return reader.all(
      R"(SELECT public_id, name, passphrase_hash, expires, created FROM drop_link
         WHERE album = $1 AND revoked IS NULL ORDER BY id)",
      [&](const db::Row& row) { return read_link(row, now); }, album);
}

std::optional<PublicId> revoke(db::Tx& tx, PersonId owner, const PublicId& link, Time now) {
  const auto album = tx.maybe(
      R"(SELECT a.public_id FROM drop_link l JOIN album a ON a.item = l.album
         WHERE l.public_id = $1 AND a.owner = $2 AND l.revoked IS NULL)",
      [](const db::Row& row) { return row.public_id(0); }, link, owner);
  if (album) tx.execute("UPDATE drop_link SET revoked = $1 WHERE public_id = $2", now, link);
  return album;
}

void revoke_all(db::Tx& tx, ItemId album, Time now) {
  tx.execute("UPDATE drop_link SET revoked = $1 WHERE album = $2 AND revoked IS NULL", now, album);
}

std::optional<Live> live(db::Reader& reader, const Digest& hash, Time now) {
  return reader.maybe(
      "SELECT l.id, l.name, p.display_name, l.passphrase_hash " LIVE_LINK "WHERE l.hash = $1 AND " IS_LIVE,
      [](const db::Row& row) {
        return Live{row.integer(0), row.text(1), row.text(2), read_passphrase(row, 3)};
      },
      ByteView(hash), now);
}

void insert_visit(db::Tx& tx, std::int64_t link, const Digest& hash, Time expires) {
  tx.execute("INSERT INTO drop_visit (link, hash, expires) VALUES ($1, $2, $3)", link, ByteView(hash),
             expires);
}

std::optional<Visit> visit(db::Reader& reader, const Digest& hash, Time now) {
  return reader.maybe(
      "SELECT " VISIT_COLUMNS LIVE_LINK
      "JOIN drop_visit v ON v.link = l.id WHERE v.hash = $1 AND v.expires > $2 AND " IS_LIVE,
      [](const db::Row& row) { return Visit{read_visit(row), row.time(6)}; }, ByteView(hash), now);
}

std::optional<DropVisit> visit_row(db::Reader& reader, std::int64_t visit, Time now) {
  return reader.maybe("SELECT " VISIT_COLUMNS LIVE_LINK
                      "JOIN drop_visit v ON v.link = l.id WHERE v.id = $1 AND " IS_LIVE,
                      read_visit, visit, now);
}

Room room(db::Reader& reader, std::int64_t link) {
  return reader.one("SELECT most_photos - photos, most_bytes - bytes FROM drop_link WHERE id = $1", read_room,
                    link);
}

Room under_way(db::Reader& reader, std::int64_t link) {
  return reader.one(
      R"(SELECT count(*), CAST(COALESCE(sum(u.size), 0) AS bigint)
         FROM upload u JOIN drop_visit v ON v.id = u.visit
         WHERE v.link = $1 AND u.photo IS NULL AND u.refusal IS NULL)",
      read_room, link);
}

void count_in(db::Tx& tx, std::int64_t link, std::int64_t bytes) {
  tx.execute("UPDATE drop_link SET photos = photos + 1, bytes = bytes + $1 WHERE id = $2", bytes, link);
}

void insert_dropped(db::Tx& tx, std::int64_t visit, const Dropped& dropped,
                    const std::optional<PublicId>& photo) {
  tx.execute("INSERT INTO dropped (public_id, visit, name, photo) VALUES ($1, $2, $3, $4)", dropped.id, visit,
             dropped.name, photo);
}

std::vector<Dropped> of_visit(db::Reader& reader, std::int64_t visit, int limit) {
  return reader.all(
      "SELECT public_id, name FROM dropped WHERE visit = $1 ORDER BY id DESC LIMIT $2",
      [](const db::Row& row) { return Dropped{row.public_id(0), row.text(1)}; }, visit, limit);
}

bool is_droppers(db::Reader& reader, ItemId album, const AddedPhoto& photo) {
  return is_dropped(reader, photo.id) && holds(reader, album, photo.row);
}

std::optional<Removed> remove_dropped(db::Tx& tx, std::int64_t visit, const PublicId& dropped) {
  return tx.maybe(
      "DELETE FROM dropped WHERE visit = $1 AND public_id = $2 RETURNING photo",
      [](const db::Row& row) {
        return Removed{row.is_null(0) ? std::nullopt : std::optional(row.public_id(0))};
      },
      visit, dropped);
}

bool is_dropped(db::Reader& reader, const PublicId& photo) {
  return reader.exists("SELECT 1 FROM dropped WHERE photo = $1 LIMIT 1", photo);
}

bool holds(db::Reader& reader, ItemId album, PhotoId photo) {
  return reader.exists("SELECT 1 FROM holds WHERE item = $1 AND photo = $2", album, photo);
}

void keep_for_good(db::Tx& tx, const PublicId& photo) {
  tx.execute("UPDATE dropped SET photo = NULL WHERE photo = $1", photo);
}

std::int64_t sweep(db::Tx& tx, Time visits_before, Time links_before, int most) {
  return tx.execute(R"(DELETE FROM drop_visit WHERE id IN
                         (SELECT v.id FROM drop_visit v WHERE v.expires < $1 LIMIT $2))",
                    visits_before, most) +
         tx.execute(R"(DELETE FROM drop_link WHERE id IN
                         (SELECT l.id FROM drop_link l WHERE l.revoked < $1 OR l.expires < $1 LIMIT $2))",
                    links_before, most);
}

}  // namespace keepsake::drop_store

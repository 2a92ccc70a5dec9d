#include "audience/guest_link_store.h"

namespace keepsake::guest_link_store {
namespace {

std::optional<PasswordHash> read_passphrase(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return PasswordHash{row.text(column)};
}

Live read_live(const db::Row& row) {
  return {row.id<LinkId>(0), row.id<ItemId>(1), row.text(2), row.text(3), read_passphrase(row, 4)};
}

GuestLink read_link(const db::Row& row, Time now) {
  GuestLink link{row.id<LinkId>(0), row.public_id(1),  row.text(2),
                 !row.is_null(3),   row.maybe_time(4), row.time(5)};
  link.ended = link.expires && *link.expires <= now;
  return link;
}

std::optional<std::string> text_of(const std::optional<PasswordHash>& hash) {
  return hash ? std::optional(hash->text) : std::nullopt;
}

}  // namespace

LinkId insert(db::Tx& tx, const NewRow& link, Time now) {
  return tx.insert<LinkId>(
      R"(INSERT INTO guest_link (public_id, item, name, hash, passphrase_hash, expires, created)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id)",
      link.id, link.item, link.name, ByteView(link.hash), text_of(link.passphrase), link.expires, now);
}

std::optional<Live> live(db::Reader& reader, const Digest& hash, Time now) {
  return reader.maybe(
      R"(SELECT l.id, l.item, l.name, p.display_name, l.passphrase_hash
         FROM guest_link l JOIN grants g ON g.item = l.item AND g.link = l.id
           JOIN person p ON p.id = g.author
         WHERE l.hash = $1 AND l.revoked IS NULL AND (l.expires IS NULL OR l.expires > $2))",
      read_live, ByteView(hash), now);
}

std::vector<GuestLink> of_item(db::Reader& reader, PersonId author, ItemId item, Time now) {
  return reader.all(
      R"(SELECT l.id, l.public_id, l.name, l.passphrase_hash, l.expires, l.created
         FROM guest_link l JOIN item i ON i.id = l.item
         WHERE l.item = $1 AND i.author = $2 AND l.revoked IS NULL ORDER BY l.id)",
      [&](const db::Row& row) { return read_link(row, now); }, item, author);
}

std::vector<AuthorsLink> of_author(db::Reader& reader, PersonId author, int limit, Time now) {
  return reader.all(
      R"(SELECT l.id, l.public_id, l.name, l.passphrase_hash, l.expires, l.created, l.item
         FROM guest_link l JOIN item i ON i.id = l.item
         WHERE i.author = $1 AND l.revoked IS NULL ORDER BY l.id DESC LIMIT $2)",
      [&](const db::Row& row) { return AuthorsLink{read_link(row, now), row.id<ItemId>(6)}; }, author, limit);
}

std::int64_t count(db::Reader& reader, ItemId item) {
  return reader.one(
      "SELECT count(*) FROM guest_link WHERE item = $1 AND revoked IS NULL",
      [](const db::Row& row) { return row.integer(0); }, item);
}

bool is_author(db::Reader& reader, PersonId person, ItemId item) {
  return reader.exists("SELECT 1 FROM item WHERE id = $1 AND author = $2 AND kind = 0", item, person);
}

std::optional<std::pair<LinkId, ItemId>> revoke(db::Tx& tx, PersonId author, const PublicId& link, Time now) {
  return tx.maybe(
      R"(UPDATE guest_link SET revoked = $1
         WHERE public_id = $2 AND revoked IS NULL
           AND EXISTS (SELECT 1 FROM item i WHERE i.id = guest_link.item AND i.author = $3)
         RETURNING id, item)",
      [](const db::Row& row) { return std::pair(row.id<LinkId>(0), row.id<ItemId>(1)); }, now, link, author);
}

std::optional<LinkId> row_of(db::Reader& reader, ItemId item, const PublicId& link) {
  return reader.maybe(
      "SELECT id FROM guest_link WHERE item = $1 AND public_id = $2 AND revoked IS NULL",
      [](const db::Row& row) { return row.id<LinkId>(0); }, item, link);
}

std::optional<PublicId> public_id(db::Reader& reader, LinkId link) {
  return reader.maybe(
      "SELECT public_id FROM guest_link WHERE id = $1", [](const db::Row& row) { return row.public_id(0); },
      link);
}

std::optional<Pass> pass(db::Reader& reader, const Digest& hash, Time now) {
  return reader.maybe(
      "SELECT id, expires FROM guest_pass WHERE hash = $1 AND expires > $2",
      [](const db::Row& row) { return Pass{row.integer(0), row.time(1)}; }, ByteView(hash), now);
}

std::int64_t insert_pass(db::Tx& tx, const Digest& hash, Time now, Time expires) {
  return tx.one(
      "INSERT INTO guest_pass (hash, created, expires) VALUES ($1, $2, $3) RETURNING id",
      [](const db::Row& row) { return row.integer(0); }, ByteView(hash), now, expires);
}

void renew_pass(db::Tx& tx, std::int64_t pass, const Digest& hash, Time expires) {
  tx.execute("UPDATE guest_pass SET hash = $1, expires = $2 WHERE id = $3", ByteView(hash), expires, pass);
}

void put_link(db::Tx& tx, std::int64_t pass, LinkId link, Time now, int most) {
  tx.execute(R"(INSERT INTO guest_pass_link (pass, link, opened) VALUES ($1, $2, $3)
                ON CONFLICT (pass, link) DO UPDATE SET opened = excluded.opened)",
             pass, link, now);
  tx.execute(R"(DELETE FROM guest_pass_link WHERE pass = $1 AND link NOT IN
                  (SELECT o.link FROM guest_pass_link o WHERE o.pass = $1
                   ORDER BY o.opened DESC, o.link DESC LIMIT $2))",
             pass, most);
}

std::int64_t sweep(db::Tx& tx, Time now, Time before, int most) {
  return tx.execute(R"(DELETE FROM guest_pass WHERE id IN
                         (SELECT p.id FROM guest_pass p WHERE p.expires <= $1 LIMIT $2))",
                    now, most) +
         tx.execute(R"(DELETE FROM guest_link WHERE id IN
                         (SELECT l.id FROM guest_link l WHERE l.revoked < $1 LIMIT $2))",
                    before, most);
}

}  // namespace keepsake::guest_link_store

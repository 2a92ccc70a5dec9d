#include "album/album_store.h"

namespace keepsake::album_store {
namespace {

#define ALBUM_COLUMNS \
  "a.item, a.public_id, a.name, i.sealed, a.created FROM album a JOIN item i ON i.id = a.item "

Album read_album(const db::Row& row) {
  return {row.id<ItemId>(0), row.public_id(1), row.text(2), row.boolean(3), row.time(4)};
}

}  // namespace

void insert(db::Tx& tx, ItemId item, const PublicId& id, PersonId owner, const std::string& name, Time now) {
  tx.execute("INSERT INTO album (item, public_id, owner, name, created) VALUES ($1, $2, $3, $4, $5)", item,
             id, owner, name, now);
}

std::int64_t count(db::Reader& reader, PersonId owner) {
  return reader.one(
      "SELECT count(*) FROM album WHERE owner = $1", [](const db::Row& row) { return row.integer(0); },
      owner);
}

std::optional<Album> find(db::Reader& reader, PersonId owner, const PublicId& album) {
  return reader.maybe("SELECT " ALBUM_COLUMNS "WHERE a.owner = $1 AND a.public_id = $2", read_album, owner,
                      album);
}

std::vector<Album> of_owner(db::Reader& reader, PersonId owner, int limit) {
  return reader.all("SELECT " ALBUM_COLUMNS "WHERE a.owner = $1 ORDER BY a.item DESC LIMIT $2", read_album,
                    owner, limit);
}

bool is_of(db::Reader& reader, PersonId owner, ItemId album) {
  return reader.exists("SELECT 1 FROM album WHERE item = $1 AND owner = $2", album, owner);
}

void rename(db::Tx& tx, ItemId album, const std::string& name) {
  tx.execute("UPDATE album SET name = $1 WHERE item = $2", name, album);
}

bool is_full(db::Reader& reader, ItemId album, int most) {
  return reader.one(
      "SELECT count(*) FROM (SELECT 1 FROM holds WHERE item = $1 LIMIT $2) h",
      [&](const db::Row& row) { return row.integer(0) >= most; }, album, most);
}

}  // namespace keepsake::album_store

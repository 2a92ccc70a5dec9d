#pragma once
// The SQL of drop links, of visits by them, and of what came.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "album/drop_links.h"
#include "base/hash.h"
#include "db/database.h"

namespace keepsake::drop_store {

struct NewRow {
  PublicId id;
  ItemId album;
  std::string name;
  Digest hash;
  std::optional<PasswordHash> passphrase;
  std::optional<Time> expires;
  std::int64_t most_photos = 0, most_bytes = 0;
};
// A link that is neither revoked nor expired, of a person who has not paused.
struct Live {
  std::int64_t link = 0;
  std::string name;
  std::string author;  // display name
  std::optional<PasswordHash> passphrase;
};
// What may still come by a link.
struct Room {
  std::int64_t photos = 0, bytes = 0;
};

void insert(db::Tx& tx, const NewRow& link, Time now);
std::int64_t count(db::Reader& reader, ItemId album);
std::vector<DropLink> of_album(db::Reader& reader, ItemId album, Time now);
// The album it led to, if it is the owner's and was not revoked before.
std::optional<PublicId> revoke(db::Tx& tx, PersonId owner, const PublicId& link, Time now);
void revoke_all(db::Tx& tx, ItemId album, Time now);
std::optional<Live> live(db::Reader& reader, const Digest& hash, Time now);

void insert_visit(db::Tx& tx, std::int64_t link, const Digest& hash, Time expires);
// By the hash of its pass, while it lasts and its link is live.
struct Visit {
  DropVisit visit;
  Time expires;
};
std::optional<Visit> visit(db::Reader& reader, const Digest& hash, Time now);
// By its row, also after its end, while its link is live.
std::optional<DropVisit> visit_row(db::Reader& reader, std::int64_t visit, Time now);

Room room(db::Reader& reader, std::int64_t link);
// What has begun to come in pieces.
Room under_way(db::Reader& reader, std::int64_t link);
void count_in(db::Tx& tx, std::int64_t link, std::int64_t bytes);

// `photo`: none where taking it back removes nothing.
void insert_dropped(db::Tx& tx, std::int64_t visit, const Dropped& dropped,
                    const std::optional<PublicId>& photo);
std::vector<Dropped> of_visit(db::Reader& reader, std::int64_t visit, int limit);
// Whether somebody dropped the photo and may take it back, and the album holds it.
bool is_droppers(db::Reader& reader, ItemId album, const AddedPhoto& photo);
struct Removed {
  std::optional<PublicId> photo;
};
// The row alone; nothing if it did not come in this visit.
std::optional<Removed> remove_dropped(db::Tx& tx, std::int64_t visit, const PublicId& dropped);
bool is_dropped(db::Reader& reader, const PublicId& photo);
bool holds(db::Reader& reader, ItemId album, PhotoId photo);
// Nobody may take the photo back any more.
void keep_for_good(db::Tx& tx, const PublicId& photo);

std::int64_t sweep(db::Tx& tx, Time visits_before, Time links_before, int most);

}  // namespace keepsake::drop_store

#include "photo/photo_store.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "audience/visibility.h"
#include "photo/blob_row_store.h"
#include "photo/quota_store.h"

namespace keepsake::photo_store {
namespace {

using blobs::BlobRef;

constexpr std::int64_t no_format = -1;

// As the row says: of a format, or in its own words.
std::string media_type_of(std::int64_t format, const std::optional<std::string>& said) {
  return said ? *said : std::string(image::media_type(static_cast<image::Format>(format)));
}

#define PHOTO_COLUMNS                                                                                  \
  "p.id, p.public_id, p.owner, p.format, p.width, p.height, b.size, p.uploaded, p.name, p.media_type " \
  "FROM photo p JOIN blob b ON b.id = p.original "

#define IN_NO_SEALED_ALBUM                                          \
  "NOT EXISTS (SELECT 1 FROM holds h JOIN item i ON i.id = h.item " \
  "WHERE h.photo = p.id AND i.sealed) "

Photo read_photo(const db::Row& row) {
  return {row.id<PhotoId>(0),
          row.public_id(1),
          row.id<PersonId>(2),
          media_type_of(row.integer(3), row.maybe_text(9)),
          {static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5))},
          row.integer(6),
          row.time(7),
          row.text(8)};
}

#define FILE_COLUMNS \
  "p.id, p.owner, p.format, p.sealed_digest, b.name, b.wrapped_key, b.size, p.name, p.media_type "

StoredFile read_file(const db::Row& row) {
  return {row.id<PhotoId>(0),
          row.id<PersonId>(1),
          BlobRef{row.public_id(4), row.bytes(5), row.integer(6)},
          media_type_of(row.integer(2), row.maybe_text(8)),
          row.text(7),
          row.bytes(3)};
}

// Fewer by these, for each whose they are.
void take_off_kept(db::Tx& tx, std::span<const std::int64_t> photos) {
  const auto taken = tx.all(
      "SELECT p.owner, count(*), CAST(sum(b.size + COALESCE((SELECT sum(made.size) FROM rendition r "
      "JOIN blob made ON made.id = r.blob WHERE r.photo = p.id), 0)) AS bigint) "
      "FROM photo p JOIN blob b ON b.id = p.original WHERE " +
          db::keys_in(tx.engine(), "p.id", 1) + " GROUP BY p.owner",
      [](const db::Row& row) {
        return std::pair(row.id<PersonId>(0), Kept{-row.integer(1), -row.integer(2)});
      },
      photos);
  for (const auto& [owner, less] : taken) quota_store::add_kept(tx, owner, less);
}

template <class Id>
std::vector<std::int64_t> values_of(std::span<const Id> ids) {
  std::vector<std::int64_t> values;
  for (const Id id : ids) values.push_back(id.value);
  return values;
}

// `found` in the order of `wanted`, without what was not found.
template <class Wanted, class Of>
std::vector<Photo> in_order(const std::vector<Photo>& found, std::span<const Wanted> wanted, Of of) {
  std::map<Wanted, const Photo*> places;
  for (const Photo& photo : found) places.emplace(of(photo), &photo);
  std::vector<Photo> ordered;
  for (const Wanted& key : wanted) {
    const auto place = places.find(key);
    if (place != places.end()) ordered.push_back(*place->second);
  }
  return ordered;
}

// Public ids asked for at once; a shorter list is filled up with its first.
constexpr std::size_t batch_size = 16;

template <std::size_t... I>
void find_batch(db::Reader& reader, PersonId owner, std::span<const PublicId> ids, std::vector<Photo>& found,
                std::index_sequence<I...>) {
  reader.query(
      "SELECT " PHOTO_COLUMNS
      "WHERE p.owner = $1 AND p.width > 0 AND p.public_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
      "$13, $14, $15, "
      "$16, $17)",
      [&](const db::Row& row) { found.push_back(read_photo(row)); }, owner, ids[I < ids.size() ? I : 0]...);
}

std::vector<std::int64_t> blobs_of(db::Reader& reader, const std::vector<std::int64_t>& photos) {
  const std::span<const std::int64_t> list(photos);
  const auto read = [](const db::Row& row) { return row.integer(0); };
  auto rows =
      reader.all("SELECT original FROM photo WHERE " + db::keys_in(reader.engine(), "id", 1), read, list);
  const auto more =
      reader.all("SELECT blob FROM rendition WHERE " + db::keys_in(reader.engine(), "photo", 1), read, list);
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace

std::int64_t size_of(const NewPhoto& photo) {
  std::int64_t bytes = photo.original.size;
  for (const NewRendition& rendition : photo.renditions) bytes += rendition.blob.size;
  return bytes;
}

void insert_rendition(db::Tx& tx, PhotoId photo, const NewRendition& rendition) {
  tx.execute(
      "INSERT INTO rendition (photo, edge, encoding, blob, width, height) VALUES ($1, $2, $3, $4, $5, $6)",
      photo, rendition.edge, static_cast<std::int64_t>(rendition.encoding),
      blob_row_store::insert(tx, rendition.blob), rendition.extent.width, rendition.extent.height);
}

PhotoId insert(db::Tx& tx, const NewPhoto& photo) {
  quota_store::add_kept(tx, photo.owner, {1, size_of(photo)});
  const auto original = blob_row_store::insert(tx, photo.original);
  const auto row = tx.insert<PhotoId>(
      "INSERT INTO photo (public_id, owner, original, duplicate, sealed_digest, format, width, height, "
      "uploaded, name, media_type, placeholder) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
      photo.id, photo.owner, original, ByteView(photo.duplicate), photo.sealed_digest,
      photo.format ? static_cast<std::int64_t>(*photo.format) : no_format, photo.extent.width,
      photo.extent.height, photo.uploaded, photo.name,
      photo.format ? std::nullopt : std::optional(photo.media_type),
      photo.placeholder.empty() ? std::nullopt : std::optional(photo.placeholder));
  for (const NewRendition& rendition : photo.renditions) insert_rendition(tx, row, rendition);
  return row;
}

std::optional<Known> find_duplicate(db::Reader& reader, PersonId owner, const Digest& duplicate) {
  return reader.maybe(
      "SELECT id, public_id, width, height FROM photo WHERE owner = $1 AND duplicate = $2",
      [](const db::Row& row) {
        return Known{row.id<PhotoId>(0),
                     row.public_id(1),
                     {static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3))}};
      },
      owner, ByteView(duplicate));
}

StoredFile original(db::Reader& reader, const PublicId& id) {
  return reader
      .maybe("SELECT " FILE_COLUMNS "FROM photo p JOIN blob b ON b.id = p.original WHERE p.public_id = $1",
             read_file, id)
      .value_or(StoredFile{});
}

// AVIF comes last in Encoding, so it comes first here.
StoredFile rendition(db::Reader& reader, const PublicId& id, int edge, Wish wish) {
  const auto read = [](const db::Row& row) {
    StoredFile file = read_file(row);
    file.encoding = static_cast<Encoding>(row.integer(9));
    return file;
  };
  return reader
      .maybe("SELECT " FILE_COLUMNS
             ", r.encoding FROM photo p JOIN rendition r ON r.photo = p.id JOIN blob b ON b.id = r.blob "
             "WHERE p.public_id = $1 AND r.edge = $2 AND (r.encoding = $3 OR r.encoding = $4) "
             "ORDER BY r.encoding DESC LIMIT 1",
             read, id, edge, static_cast<std::int64_t>(wish.usual),
             static_cast<std::int64_t>(wish.avif ? Encoding::avif : wish.usual))
      .value_or(StoredFile{});
}

std::optional<PhotoId> find(db::Reader& reader, PersonId owner, const PublicId& id) {
  return reader.maybe(
      "SELECT id FROM photo WHERE owner = $1 AND public_id = $2",
      [](const db::Row& row) { return row.id<PhotoId>(0); }, owner, id);
}

std::vector<Photo> page(db::Reader& reader, PersonId owner, PhotoId before, int limit) {
  return reader.all("SELECT " PHOTO_COLUMNS "WHERE p.owner = $1 AND p.id < $2 AND " IN_NO_SEALED_ALBUM
                    "ORDER BY p.id DESC LIMIT $3",
                    read_photo, owner, before, limit);
}

std::vector<Photo> page_of_album(db::Reader& reader, PersonId owner, ItemId album, PhotoId before,
                                 int limit) {
  return reader.all("SELECT " PHOTO_COLUMNS
                    "JOIN holds a ON a.photo = p.id WHERE a.item = $1 AND p.owner = $2 AND p.id < $3 "
                    "AND " IN_NO_SEALED_ALBUM "ORDER BY p.id DESC LIMIT $4",
                    read_photo, album, owner, before, limit);
}

std::optional<Photo> by_id(db::Reader& reader, PersonId owner, const PublicId& id) {
  return reader.maybe("SELECT " PHOTO_COLUMNS
                      "WHERE p.owner = $1 AND p.public_id = $2 AND " IN_NO_SEALED_ALBUM,
                      read_photo, owner, id);
}

std::vector<Photo> by_ids(db::Reader& reader, PersonId owner, std::span<const PublicId> ids) {
  std::vector<Photo> found;
  for (std::span rest = ids; !rest.empty(); rest = rest.subspan(std::min(batch_size, rest.size()))) {
    find_batch(reader, owner, rest.first(std::min(batch_size, rest.size())), found,
               std::make_index_sequence<batch_size>());
  }
  return in_order(found, ids, [](const Photo& photo) { return photo.id; });
}

std::vector<Photo> by_rows(db::Reader& reader, std::span<const PhotoId> rows) {
  const auto values = values_of(rows);
  const auto found = reader.all("SELECT " PHOTO_COLUMNS "WHERE " + db::keys_in(reader.engine(), "p.id", 1),
                                read_photo, std::span<const std::int64_t>(values));
  return in_order(found, rows, [](const Photo& photo) { return photo.row; });
}

std::vector<PhotoId> all_of(db::Reader& reader, PersonId owner) {
  return reader.all(
      "SELECT id FROM photo WHERE owner = $1", [](const db::Row& row) { return row.id<PhotoId>(0); }, owner);
}

std::vector<StoredOriginal> originals(db::Reader& reader, PersonId owner, std::optional<ItemId> album,
                                      int skipped, int limit) {
  return reader.all(
      "SELECT p.public_id, p.name, p.format, p.media_type, b.size, p.uploaded, p.sealed_digest "
      "FROM photo p JOIN blob b ON b.id = p.original "
      "WHERE p.owner = $1 AND ($2 = 0 OR p.id IN (SELECT photo FROM holds WHERE item = $3)) "
      "AND " IN_NO_SEALED_ALBUM "ORDER BY p.id LIMIT $4 OFFSET $5",
      [](const db::Row& row) {
        return StoredOriginal{row.public_id(0), row.text(1), media_type_of(row.integer(2), row.maybe_text(3)),
                              row.integer(4),   row.time(5), row.bytes(6)};
      },
      owner, album ? 1 : 0, album.value_or(ItemId{}), limit, skipped);
}

std::int64_t count(db::Reader& reader, PersonId owner) {
  return reader.one(
      "SELECT count(*) FROM photo p WHERE p.owner = $1 AND " IN_NO_SEALED_ALBUM,
      [](const db::Row& row) { return row.integer(0); }, owner);
}

bool held_by_story(db::Reader& reader, PhotoId photo) {
  return reader.exists(
      "SELECT 1 FROM holds h JOIN item i ON i.id = h.item WHERE h.photo = $1 AND i.kind = $2 LIMIT 1", photo,
      static_cast<std::int64_t>(ItemKind::story));
}

bool held_by_sealed_album(db::Reader& reader, PhotoId photo) {
  return reader.exists(
      "SELECT 1 FROM holds h JOIN item i ON i.id = h.item WHERE h.photo = $1 AND i.sealed LIMIT 1", photo);
}

std::vector<PublicId> remove(db::Tx& tx, std::span<const PhotoId> photos) {
  const auto rows = values_of(photos);
  const auto blobs = blobs_of(tx, rows);
  const std::span<const std::int64_t> list(rows);
  take_off_kept(tx, list);
  tx.execute("DELETE FROM photo WHERE " + db::keys_in(tx.engine(), "id", 1), list);
  return blob_row_store::forget(tx, blobs);
}

}  // namespace keepsake::photo_store

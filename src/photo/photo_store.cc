#include "photo/photo_store.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "audience/visibility.h"
#include "photo/quota_store.h"

namespace keepsake::photo_store {
namespace {

using blobs::BlobRef;

#define PHOTO_COLUMNS                                                            \
  "p.id, p.public_id, p.owner, p.format, p.width, p.height, b.size, p.uploaded " \
  "FROM photo p JOIN blob b ON b.id = p.original "

Photo read_photo(const db::Row& row) {
  return {row.id<PhotoId>(0),
          row.public_id(1),
          row.id<PersonId>(2),
          std::string(image::media_type(static_cast<image::Format>(row.integer(3)))),
          {static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5))},
          row.integer(6),
          row.time(7)};
}

#define FILE_COLUMNS "p.id, p.owner, p.format, p.sealed_digest, b.name, b.wrapped_key, b.size "

StoredFile read_file(const db::Row& row) {
  return {row.id<PhotoId>(0), row.id<PersonId>(1), BlobRef{row.public_id(4), row.bytes(5), row.integer(6)},
          static_cast<image::Format>(row.integer(2)), row.bytes(3)};
}

struct BlobTag;
using BlobRow = RowId<BlobTag>;

BlobRow insert_blob(db::Tx& tx, const BlobRef& blob) {
  return tx.insert<BlobRow>("INSERT INTO blob (name, wrapped_key, size) VALUES ($1, $2, $3) RETURNING id",
                            blob.name, blob.wrapped_key, blob.size);
}

void insert_rendition(db::Tx& tx, PhotoId photo, const NewRendition& rendition) {
  tx.execute(
      "INSERT INTO rendition (photo, edge, encoding, blob, width, height) VALUES ($1, $2, $3, $4, $5, $6)",
      photo, rendition.edge, static_cast<std::int64_t>(rendition.encoding), insert_blob(tx, rendition.blob),
      rendition.extent.width, rendition.extent.height);
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
      "WHERE p.owner = $1 AND p.public_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
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

void insert(db::Tx& tx, const NewPhoto& photo) {
  quota_store::add_kept(tx, photo.owner, {1, size_of(photo)});
  const BlobRow original = insert_blob(tx, photo.original);
  const auto row = tx.insert<PhotoId>(
      "INSERT INTO photo (public_id, owner, original, duplicate, sealed_digest, format, width, height, "
      "uploaded) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
      photo.id, photo.owner, original, ByteView(photo.duplicate), photo.sealed_digest,
      static_cast<std::int64_t>(photo.format), photo.extent.width, photo.extent.height, photo.uploaded);
  for (const NewRendition& rendition : photo.renditions) insert_rendition(tx, row, rendition);
}

std::optional<Known> find_duplicate(db::Reader& reader, PersonId owner, const Digest& duplicate) {
  return reader.maybe(
      "SELECT public_id, width, height FROM photo WHERE owner = $1 AND duplicate = $2",
      [](const db::Row& row) {
        return Known{row.public_id(0), {static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))}};
      },
      owner, ByteView(duplicate));
}

StoredFile original(db::Reader& reader, const PublicId& id) {
  return reader
      .maybe("SELECT " FILE_COLUMNS "FROM photo p JOIN blob b ON b.id = p.original WHERE p.public_id = $1",
             read_file, id)
      .value_or(StoredFile{});
}

StoredFile rendition(db::Reader& reader, const PublicId& id, int edge, Encoding encoding) {
  return reader
      .maybe("SELECT " FILE_COLUMNS
             "FROM photo p JOIN rendition r ON r.photo = p.id JOIN blob b ON b.id = r.blob "
             "WHERE p.public_id = $1 AND r.edge = $2 AND r.encoding = $3",
             read_file, id, edge, static_cast<std::int64_t>(encoding))
      .value_or(StoredFile{});
}

std::optional<PhotoId> find(db::Reader& reader, PersonId owner, const PublicId& id) {
  return reader.maybe(
      "SELECT id FROM photo WHERE owner = $1 AND public_id = $2",
      [](const db::Row& row) { return row.id<PhotoId>(0); }, owner, id);
}

std::vector<Photo> page(db::Reader& reader, PersonId owner, PhotoId before, int limit) {
  return reader.all("SELECT " PHOTO_COLUMNS
                    "WHERE p.owner = $1 AND p.id < $2 AND NOT EXISTS (SELECT 1 FROM holds h "
                    "JOIN item i ON i.id = h.item WHERE h.photo = p.id AND i.sealed) "
                    "ORDER BY p.id DESC LIMIT $3",
                    read_photo, owner, before, limit);
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

bool held_by_story(db::Reader& reader, PhotoId photo) {
  return reader.exists(
      "SELECT 1 FROM holds h JOIN item i ON i.id = h.item WHERE h.photo = $1 AND i.kind = $2 LIMIT 1", photo,
      static_cast<std::int64_t>(ItemKind::story));
}

bool held_by_sealed_album(db::Reader& reader, PhotoId photo) {
  return reader.exists(
      "SELECT 1 FROM holds h JOIN item i ON i.id = h.item WHERE h.photo = $1 AND i.sealed LIMIT 1", photo);
}

bool has_blob(db::Reader& reader, const PublicId& name) {
  return reader.exists("SELECT 1 FROM blob WHERE name = $1", name);
}

std::vector<PublicId> remove(db::Tx& tx, std::span<const PhotoId> photos) {
  const auto rows = values_of(photos);
  const auto blob_rows = blobs_of(tx, rows);
  const std::span<const std::int64_t> photo_list(rows), blob_list(blob_rows);
  const std::string these = db::keys_in(tx.engine(), "id", 1);
  take_off_kept(tx, photo_list);
  auto names = tx.all(
      "SELECT name FROM blob WHERE " + these, [](const db::Row& row) { return row.public_id(0); }, blob_list);
  tx.execute("INSERT INTO forgotten_blob (name) SELECT name FROM blob WHERE " + these, blob_list);
  tx.execute("DELETE FROM photo WHERE " + these, photo_list);
  tx.execute("DELETE FROM blob WHERE " + these, blob_list);
  return names;
}

std::vector<ForgottenBlob> forgotten_blobs(db::Reader& reader, int limit) {
  return reader.all(
      "SELECT id, name FROM forgotten_blob ORDER BY id LIMIT $1",
      [](const db::Row& row) { return ForgottenBlob{row.integer(0), row.public_id(1)}; }, limit);
}

void blobs_are_removed(db::Tx& tx, std::span<const ForgottenBlob> removed) {
  std::vector<std::int64_t> rows;
  for (const ForgottenBlob& blob : removed) rows.push_back(blob.row);
  tx.execute("DELETE FROM forgotten_blob WHERE " + db::keys_in(tx.engine(), "id", 1),
             std::span<const std::int64_t>(rows));
}

}  // namespace keepsake::photo_store

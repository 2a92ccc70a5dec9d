#include "photo/upload_store.h"

#include "photo/blob_row_store.h"

namespace keepsake::upload_store {
namespace {

#define UPLOAD_COLUMNS \
  "id, public_id, person, name, size, arrived, expires, photo, refusal, sentence, album, visit FROM upload "

Stored read_upload(const db::Row& row) {
  Stored upload{.row = row.id<UploadId>(0),
                .id = row.public_id(1),
                .sender = {row.id<PersonId>(2), row.maybe_integer(11)},
                .name = row.text(3),
                .size = row.integer(4),
                .arrived = row.integer(5),
                .expires = row.time(6)};
  if (!row.is_null(10)) upload.album = row.id<ItemId>(10);
  if (!row.is_null(7)) upload.photo = row.public_id(7);
  if (const auto kind = row.maybe_integer(8))
    upload.refusal = Refusal{static_cast<Refused>(*kind), row.maybe_text(9).value_or("")};
  return upload;
}

UploadId read_row(const db::Row& row) {
  return row.id<UploadId>(0);
}

}  // namespace

UploadId insert(db::Tx& tx, const Stored& upload) {
  return tx.insert<UploadId>(
      "INSERT INTO upload (public_id, person, name, size, arrived, expires, album, visit) "
      "VALUES ($1, $2, $3, $4, 0, $5, $6, $7) RETURNING id",
      upload.id, upload.sender.person, upload.name, upload.size, upload.expires, upload.album,
      upload.sender.visit);
}

std::optional<Stored> find(db::Reader& reader, const Sender& sender, const PublicId& id) {
  return reader.maybe("SELECT " UPLOAD_COLUMNS
                      "WHERE person = $1 AND COALESCE(visit, 0) = $2 AND public_id = $3",
                      read_upload, sender.person, sender.visit.value_or(0), id);
}

std::vector<Stored> unsettled(db::Reader& reader, Time until, int limit) {
  return reader.all("SELECT " UPLOAD_COLUMNS
                    "WHERE arrived = size AND photo IS NULL AND refusal IS NULL AND expires < $1 "
                    "ORDER BY id LIMIT $2",
                    read_upload, until, limit);
}

std::vector<UploadId> expired(db::Reader& reader, Time now, int limit) {
  return reader.all("SELECT id FROM upload WHERE expires < $1 ORDER BY expires LIMIT $2", read_row, now,
                    limit);
}

std::vector<UploadId> all_of(db::Reader& reader, PersonId person) {
  return reader.all("SELECT id FROM upload WHERE person = $1", read_row, person);
}

Open open_of(db::Reader& reader, const Sender& sender) {
  return reader.one(
      "SELECT CAST(COALESCE(sum(CASE WHEN COALESCE(visit, 0) = $1 THEN 1 ELSE 0 END), 0) AS bigint), "
      "CAST(COALESCE(sum(size), 0) AS bigint) FROM upload "
      "WHERE person = $2 AND photo IS NULL AND refusal IS NULL",
      [](const db::Row& row) { return Open{row.integer(0), row.integer(1)}; }, sender.visit.value_or(0),
      sender.person);
}

bool add_part(db::Tx& tx, UploadId upload, std::int64_t place, const blobs::BlobRef& blob, Time expires) {
  const auto changed =
      tx.execute("UPDATE upload SET arrived = $1, expires = $2 WHERE id = $3 AND arrived = $4",
                 place + blob.size, expires, upload, place);
  if (changed == 0) return false;
  tx.execute("INSERT INTO upload_part (upload, place, blob) VALUES ($1, $2, $3)", upload, place,
             blob_row_store::insert(tx, blob));
  return true;
}

std::vector<blobs::BlobRef> parts(db::Reader& reader, UploadId upload) {
  return reader.all(
      "SELECT b.name, b.wrapped_key, b.size FROM upload_part p JOIN blob b ON b.id = p.blob "
      "WHERE p.upload = $1 ORDER BY p.place",
      [](const db::Row& row) { return blobs::BlobRef{row.public_id(0), row.bytes(1), row.integer(2)}; },
      upload);
}

void became(db::Tx& tx, UploadId upload, const PublicId& photo, Time expires) {
  tx.execute("UPDATE upload SET photo = $1, expires = $2 WHERE id = $3", photo, expires, upload);
}

void was_refused(db::Tx& tx, UploadId upload, const Refusal& why, Time expires) {
  tx.execute("UPDATE upload SET refusal = $1, sentence = $2, expires = $3 WHERE id = $4",
             static_cast<std::int64_t>(why.kind), why.sentence, expires, upload);
}

void forget_parts(db::Tx& tx, UploadId upload) {
  const auto blobs = tx.all(
      "DELETE FROM upload_part WHERE upload = $1 RETURNING blob",
      [](const db::Row& row) { return row.integer(0); }, upload);
  blob_row_store::forget(tx, blobs);
}

void remove(db::Tx& tx, UploadId upload) {
  tx.execute("DELETE FROM upload WHERE id = $1", upload);
}

}  // namespace keepsake::upload_store

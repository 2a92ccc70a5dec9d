#include "photo/kept_blob_store.h"

#include <algorithm>

namespace keepsake::kept_blob_store {
namespace {

PhotoPart read_part(const db::Row& row) {
  return {row.public_id(4), row.text(5), static_cast<int>(row.integer(6)),
          static_cast<Encoding>(row.integer(7)), row.maybe_bytes(8).value_or(Bytes())};
}

KeptBlob read_blob(const db::Row& row) {
  return {row.integer(0),
          {row.public_id(1), row.bytes(2), row.integer(3)},
          row.is_null(4) ? std::nullopt : std::optional(read_part(row))};
}

}  // namespace

std::vector<KeptBlob> page(db::Reader& reader, std::int64_t after, int limit) {
  return reader.all(
      "SELECT b.id, b.name, b.wrapped_key, b.size, p.public_id, s.name, COALESCE(r.edge, 0), "
      "COALESCE(r.encoding, 0), o.sealed_digest FROM blob b "
      "LEFT JOIN photo o ON o.original = b.id LEFT JOIN rendition r ON r.blob = b.id "
      "LEFT JOIN photo p ON p.id = COALESCE(o.id, r.photo) LEFT JOIN person s ON s.id = p.owner "
      "WHERE b.id > $1 ORDER BY b.id LIMIT $2",
      read_blob, after, limit);
}

BlobSum sum(db::Reader& reader) {
  return reader.one("SELECT count(*), CAST(COALESCE(sum(size), 0) AS bigint) FROM blob",
                    [](const db::Row& row) { return BlobSum{row.integer(0), row.integer(1)}; });
}

bool is_kept(db::Reader& reader, const KeptBlob& blob) {
  return reader.exists("SELECT 1 FROM blob WHERE id = $1 AND name = $2", blob.row, blob.blob.name);
}

std::vector<PublicId> known_names(db::Reader& reader, const PublicId& first, const PublicId& last) {
  const auto read = [](const db::Row& row) { return row.public_id(0); };
  auto names = reader.all("SELECT name FROM blob WHERE name >= $1 AND name <= $2", read, first, last);
  const auto forgotten =
      reader.all("SELECT name FROM forgotten_blob WHERE name >= $1 AND name <= $2", read, first, last);
  names.insert(names.end(), forgotten.begin(), forgotten.end());
  std::ranges::sort(names);
  return names;
}

}  // namespace keepsake::kept_blob_store

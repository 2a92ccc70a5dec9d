#include "photo/blob_row_store.h"

namespace keepsake::blob_row_store {

BlobRow insert(db::Tx& tx, const blobs::BlobRef& blob) {
  return tx.insert<BlobRow>("INSERT INTO blob (name, wrapped_key, size) VALUES ($1, $2, $3) RETURNING id",
                            blob.name, blob.wrapped_key, blob.size);
}

bool has(db::Reader& reader, const PublicId& name) {
  return reader.exists("SELECT 1 FROM blob WHERE name = $1", name);
}

std::vector<PublicId> forget(db::Tx& tx, std::span<const std::int64_t> rows) {
  const std::string these = db::keys_in(tx.engine(), "id", 1);
  auto names = tx.all(
      "SELECT name FROM blob WHERE " + these, [](const db::Row& row) { return row.public_id(0); }, rows);
  tx.execute("INSERT INTO forgotten_blob (name) SELECT name FROM blob WHERE " + these, rows);
  tx.execute("DELETE FROM blob WHERE " + these, rows);
  return names;
}

std::vector<Forgotten> forgotten(db::Reader& reader, int limit) {
  return reader.all(
      "SELECT id, name FROM forgotten_blob ORDER BY id LIMIT $1",
      [](const db::Row& row) { return Forgotten{row.integer(0), row.public_id(1)}; }, limit);
}

void are_removed(db::Tx& tx, std::span<const Forgotten> blobs) {
  std::vector<std::int64_t> rows;
  for (const Forgotten& blob : blobs) rows.push_back(blob.row);
  tx.execute("DELETE FROM forgotten_blob WHERE " + db::keys_in(tx.engine(), "id", 1),
             std::span<const std::int64_t>(rows));
}

}  // namespace keepsake::blob_row_store

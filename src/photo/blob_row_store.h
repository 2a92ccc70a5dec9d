#pragma once
// The SQL of blobs' rows, which whatever lies in blobs refers to. A blob's row holds its key: without the row
// its file cannot be read.
#include <cstdint>
#include <span>
#include <vector>

#include "blobs/blob_store.h"
#include "db/database.h"

namespace keepsake::blob_row_store {

using BlobRow = RowId<struct BlobTag>;

BlobRow insert(db::Tx& tx, const blobs::BlobRef& blob);
bool has(db::Reader& reader, const PublicId& name);

// Removes the rows, which nothing may refer to any more, and notes the blobs as forgotten; gives their names.
// Whoever forgets enqueues photos::blob_removal_job.
std::vector<PublicId> forget(db::Tx& tx, std::span<const std::int64_t> rows);

// Blobs whose row is gone and whose file is still to be removed.
struct Forgotten {
  std::int64_t row = 0;
  PublicId name;
};
std::vector<Forgotten> forgotten(db::Reader& reader, int limit);
void are_removed(db::Tx& tx, std::span<const Forgotten> blobs);

}  // namespace keepsake::blob_row_store

#pragma once
// Files that no row of the database names and that nobody is about to name: left by a power cut between a
// blob and its row, or by a database put back from an older copy.
#include <chrono>
#include <functional>

#include "base/clock.h"
#include "blobs/blob_store.h"
#include "db/database.h"

namespace keepsake {

// An upload on its way keeps its blobs before its row; a file younger than this may be one.
inline constexpr std::chrono::hours orphan_age{1};

// Calls `each` for every orphan of `store` that was written before `now` - orphan_age. What a job is to
// remove is none.
void for_each_orphan(db::Database& database, const blobs::BlobStore& store, Time now,
                     const std::function<void(const PublicId& name)>& each);

}  // namespace keepsake

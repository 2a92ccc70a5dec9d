#pragma once
// The SQL of working copies.
#include <optional>

#include "base/id.h"
#include "db/database.h"
#include "story/working_copies.h"

namespace keepsake::working_copy_store {

std::optional<WorkingCopy> find(db::Reader& reader, ItemId story);
// In the place of the one before, if any.
void put(db::Tx& tx, ItemId story, const WorkingCopy& copy);
void remove(db::Tx& tx, ItemId story);
// The story's version and nothing else of it.
void set_version(db::Tx& tx, ItemId story, std::int64_t version);

}  // namespace keepsake::working_copy_store

#pragma once
#include <vector>

#include "audience/blocks.h"
#include "db/database.h"

namespace keepsake::block_store {

// Whether it was not there before.
bool insert(db::Tx& tx, PersonId by, PersonId person, Time now);
// Whether it was there.
bool remove(db::Tx& tx, PersonId by, PersonId person);
std::int64_t count(db::Reader& reader, PersonId by);
std::vector<BlockedPerson> of(db::Reader& reader, PersonId by);
bool between(db::Reader& reader, PersonId one, PersonId other);

void insert_quiet(db::Tx& tx, PersonId person, Time now);
void remove_quiet(db::Tx& tx, PersonId person);
bool is_quiet(db::Reader& reader, PersonId person);

}  // namespace keepsake::block_store

#pragma once
#include <cstdint>
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

// Why a person is quiet.
enum class Quiet : std::int64_t { pause = 0, suspended = 1 };
// Each of them: whether it was otherwise before.
bool insert_quiet(db::Tx& tx, PersonId person, Quiet reason, Time now);
bool remove_quiet(db::Tx& tx, PersonId person, Quiet reason);
bool is_quiet(db::Reader& reader, PersonId person, Quiet reason);

}  // namespace keepsake::block_store

#pragma once
#include <optional>

#include "db/database.h"
#include "photo/quotas.h"

namespace keepsake::quota_store {

Kept kept(db::Reader& reader, PersonId person);
Kept kept_by_all(db::Reader& reader);
void add_kept(db::Tx& tx, PersonId person, const Kept& more);

std::optional<std::int64_t> standard(db::Reader& reader);
std::optional<std::int64_t> own(db::Reader& reader, PersonId person);
void set_standard(db::Tx& tx, const std::optional<std::int64_t>& bytes);
void set_own(db::Tx& tx, PersonId person, const std::optional<std::int64_t>& bytes);

}  // namespace keepsake::quota_store

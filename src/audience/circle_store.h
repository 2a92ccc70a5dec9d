#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "audience/circles.h"
#include "db/database.h"

namespace keepsake::circle_store {

CircleId insert(db::Tx& tx, const PublicId& id, PersonId owner, std::string_view name, Time now);
void rename(db::Tx& tx, CircleId circle, std::string_view name);
void remove(db::Tx& tx, CircleId circle);

std::optional<CircleId> row_of(db::Reader& reader, PersonId owner, const PublicId& circle);
std::optional<PublicId> public_id(db::Reader& reader, CircleId circle);
std::int64_t count(db::Reader& reader, PersonId owner);
// With their members, by name.
std::vector<Circle> of_owner(db::Reader& reader, PersonId owner);

// Whether they were not a member before.
bool join(db::Tx& tx, CircleId circle, PersonId person, Time now);
// Whether they were a member.
bool leave(db::Tx& tx, CircleId circle, PersonId person);
std::int64_t member_count(db::Reader& reader, CircleId circle);
bool exists(db::Reader& reader, CircleId circle);

}  // namespace keepsake::circle_store

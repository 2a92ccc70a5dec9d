#pragma once
// The SQL of albums. What they hold stands in audience's tables, written through Items.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "album/albums.h"
#include "db/database.h"

namespace keepsake::album_store {

void insert(db::Tx& tx, ItemId item, const PublicId& id, PersonId owner, const std::string& name, Time now);
std::int64_t count(db::Reader& reader, PersonId owner);
std::optional<Album> find(db::Reader& reader, PersonId owner, const PublicId& album);
// The newest first, at most `limit`.
std::vector<Album> of_owner(db::Reader& reader, PersonId owner, int limit);
// Whether the owner has it still.
bool is_of(db::Reader& reader, PersonId owner, ItemId album);
void rename(db::Tx& tx, ItemId album, const std::string& name);
// Whether it holds `most` photos or more.
bool is_full(db::Reader& reader, ItemId album, int most);

}  // namespace keepsake::album_store

#pragma once
// The SQL of personal tokens.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "person/tokens.h"

namespace keepsake::token_store {

void add(db::Tx& tx, const PublicId& id, PersonId person, const Digest& hash, std::string_view label,
         Time created);
int count(db::Reader& reader, PersonId person);
std::optional<TokenInfo> find(db::Reader& reader, const Digest& hash);
void touch(db::Tx& tx, TokenId id, Time now);
std::vector<TokenListed> list(db::Reader& reader, PersonId person);
bool remove(db::Tx& tx, PersonId person, const PublicId& token);
std::int64_t remove_all(db::Tx& tx, PersonId person);

}  // namespace keepsake::token_store

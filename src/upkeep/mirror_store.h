#pragma once
// The SQL of which directory is the mirror.
#include <optional>
#include <string>

#include "db/database.h"

namespace keepsake::mirror_store {

std::optional<std::string> place(db::Reader& reader);
void keep_place(db::Tx& tx, const std::string& place);
void forget_place(db::Tx& tx);

}  // namespace keepsake::mirror_store

#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "db/database.h"

namespace keepsake::app::instance_store {

// Of the instance key that this database was written under; nothing before the first start.
std::optional<std::string> key_fingerprint(db::Reader& reader);
// Keeps the first one given; later ones change nothing.
void keep_key_fingerprint(db::Tx& tx, std::string_view fingerprint);

}  // namespace keepsake::app::instance_store

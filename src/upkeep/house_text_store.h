#pragma once
#include <optional>

#include "db/database.h"
#include "upkeep/house_texts.h"

namespace keepsake::house_text_store {

std::optional<OwnText> find(db::Reader& reader, HouseText kind);
void put(db::Tx& tx, HouseText kind, const OwnText& text);
void remove(db::Tx& tx, HouseText kind);

}  // namespace keepsake::house_text_store

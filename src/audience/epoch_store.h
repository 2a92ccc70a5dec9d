#pragma once
#include <cstdint>

#include "db/database.h"

namespace keepsake::epoch_store {

std::uint64_t current(db::Reader& reader);
// Returns the number it rose to.
std::uint64_t raise(db::Tx& tx);

}  // namespace keepsake::epoch_store

#pragma once
// When what keeps a place safe was last done: a backup, a verification. The commands that do them note it
// here; where none has, nothing is claimed.
#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "db/database.h"

namespace keepsake {

enum class Upkeep : std::int64_t { backup = 0, verification = 1 };

struct UpkeepRun {
  Time at;
  bool sound = false;  // it went well, and found nothing amiss
};

namespace upkeep {

std::optional<UpkeepRun> last(db::Reader& reader, Upkeep kind);
void note(db::Tx& tx, Upkeep kind, const UpkeepRun& run);

}  // namespace upkeep
}  // namespace keepsake

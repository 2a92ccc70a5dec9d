#pragma once
// Makes the Viewer of a request, at its start: which keys they hold now.
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "audience/epoch.h"
#include "audience/viewer.h"
#include "base/clock.h"
#include "db/database.h"

namespace keepsake {

// What a request shows of whoever makes it, each part established by the caller: the person by the session
// guard, the pass as it stands in the cookie (unchecked), the acceptances as GateCookie opened them.
struct Shown {
  std::optional<PersonId> person = {};
  bool host = false;
  std::string_view pass = {};
  std::vector<GatePass> gate_passes = {};
};

// Thread-safe. Keeps what it read of each person and pass while the visibility epoch is current.
class Viewers {
 public:
  static constexpr std::size_t most_keys = 2'000;

  // Keeps at most `most_kept` keys (some 16 bytes each, a viewer some 150 more).
  Viewers(db::Database& database, const Epoch& epoch, const Clock& clock, std::size_t most_kept = 200'000);
  ~Viewers();

  // `public` and `door` for everyone; `members`, the person's own and those of their circles (the oldest
  // memberships first, if there are more than a viewer may hold) when signed in; with a pass the keys of its
  // links that were neither revoked nor ended. A pass that is unknown or has ended is as none.
  Viewer make(Shown shown);
  // The same without the database, if nothing has to be read: fit for an I/O thread.
  std::optional<Viewer> known(Shown shown) const;

 private:
  struct Kept;

  db::Database& database_;
  std::unique_ptr<Kept> kept_;
};

}  // namespace keepsake

#pragma once
// Makes the Viewer of a request, at its start: which keys they hold now.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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

  Viewers(db::Database& database, const Epoch& epoch, const Clock& clock, std::size_t most_kept = 4'096);
  ~Viewers();

  // `public` and `door` for everyone; `members`, the person's own and those of their circles (the oldest
  // memberships first, if there are more than a viewer may hold) when signed in; with a pass the keys of its
  // links that were neither revoked nor ended. A pass that is unknown or has ended is as none.
  Viewer make(const Shown& shown);
  // The same without the database, if nothing has to be read: fit for an I/O thread.
  std::optional<Viewer> known(const Shown& shown) const;

 private:
  struct Kept;
  struct Held;
  Held read(const Shown& shown);

  db::Database& database_;
  const Epoch& epoch_;
  const Clock& clock_;
  std::unique_ptr<Kept> kept_;
};

}  // namespace keepsake

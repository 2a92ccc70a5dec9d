#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "audience/grant.h"
#include "base/clock.h"
#include "base/id.h"

namespace keepsake {

// An acceptance at the gate of one item, good for one version of its gate (notes, author's note and door).
struct GatePass {
  ItemId item;
  std::int64_t gate_version = 0;
  Accepted accepted = Accepted::nothing;
};

// Whoever makes a request, signed in or not, as of the start of the request: made by Viewers, never by hand
// outside tests. Holds everything a decision needs to know about the viewer.
struct Viewer {
  std::optional<PersonId> person;      // signed in as
  bool host = false;                   // runs the instance; sees no more stories for it
  std::vector<Key> keys;               // sorted, without doubles, at most 2,000
  std::vector<GatePass> gate_passes;   // acceptances of a viewer who is not signed in (from the gate cookie)
  Time keys_until = Time::max();       // the earliest moment a key ends by itself (a link's expiry)
  std::optional<std::uint64_t> epoch;  // the visibility epoch read before the keys were, if there was one

  bool signed_in() const { return person.has_value(); }
  bool holds(Key key) const;
  bool is(PersonId other) const { return person == other; }
};

// Nobody in particular: the keys `public` and `door`.
Viewer anonymous_viewer(std::optional<std::uint64_t> epoch);

}  // namespace keepsake

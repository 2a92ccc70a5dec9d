#pragma once
// Which keys persons and passes hold.
#include <optional>
#include <vector>

#include "audience/grant.h"
#include "base/hash.h"
#include "db/database.h"

namespace keepsake::viewer_store {

struct LinkKey {
  Key key;
  std::optional<Time> expires;  // of the link
  Time pass_expires;
};

// The circles a person is in, the oldest memberships first.
std::vector<Key> circles_of(db::Reader& reader, PersonId person, std::size_t most);
// The links that a pass opens at `now`.
std::vector<LinkKey> links_of(db::Reader& reader, const Digest& pass, Time now);

}  // namespace keepsake::viewer_store

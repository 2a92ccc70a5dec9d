#pragma once
// The SQL of invitations.
#include <optional>
#include <vector>

#include "base/hash.h"
#include "person/invitations.h"

namespace keepsake::invitation_store {

struct Found {
  InvitationId id;
  OpenInvitation invitation;
};

void add(db::Tx& tx, const PublicId& id, const Digest& hash, const NewInvitation& invitation, Time created,
         Time expires);
std::optional<Found> find(db::Reader& reader, const Digest& hash, Time now);
int count_open(db::Reader& reader, PersonId by, Time now);
// Whether it was still unused.
bool use(db::Tx& tx, InvitationId id, PersonId by, Time now);
std::vector<ListedInvitation> list(db::Reader& reader, const std::optional<PersonId>& by);
bool remove(db::Tx& tx, const std::optional<PersonId>& by, const PublicId& invitation);

}  // namespace keepsake::invitation_store

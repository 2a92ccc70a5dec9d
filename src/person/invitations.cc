#include "person/invitations.h"

#include "base/hash.h"
#include "base/random.h"
#include "person/invitation_store.h"

namespace keepsake {
namespace {

constexpr std::chrono::hours shortest{1};
constexpr std::chrono::hours longest = std::chrono::days(90);

Refusal link_ended() {
  return {Refused::gone, "This invitation has ended or was used. Please ask for a new one."};
}

}  // namespace

bool Invitations::may_invite(const Person& person) const {
  return !person.suspended && (person.host || who_ == WhoInvites::everyone);
}

Result<CreatedInvitation> Invitations::create(db::Tx& tx, const NewInvitation& invitation) {
  const Time now = clock_.now();
  if (invitation.lifetime < shortest || invitation.lifetime > longest)
    return Refusal{Refused::invalid, "An invitation lasts from one hour to 90 days.", "lifetime"};
  if (invitation.by) {
    const auto by = People::find(tx, *invitation.by);
    if (!by || !(may_invite(*by) || invitation.by_command))
      return Refusal{Refused::forbidden, "Here the host invites people. Please ask the host."};
    if (invitation_store::count_open(tx, by->id, now) >= most_open)
      return Refusal{Refused::conflict, "There are 100 open invitations already. Please revoke one first."};
  }
  CreatedInvitation created{PublicId::random(), random_secret(), now + invitation.lifetime};
  invitation_store::add(tx, created.id, sha256(created.secret), invitation, now, created.expires);
  return created;
}

std::optional<OpenInvitation> Invitations::find(db::Reader& reader, std::string_view secret) const {
  const auto found = invitation_store::find(reader, sha256(secret), clock_.now());
  if (!found) return std::nullopt;
  return found->invitation;
}

Result<AcceptedInvitation> Invitations::accept(db::Tx& tx, std::string_view secret, std::string_view name,
                                               std::string_view display_name, const PasswordHash& password) {
  const auto found = invitation_store::find(tx, sha256(secret), clock_.now());
  if (!found) return link_ended();
  const auto person = people_.add(tx, name, display_name, password, false);
  if (person.refused()) return person.refusal();
  if (!invitation_store::use(tx, found->id, *person, clock_.now())) return link_ended();
  return AcceptedInvitation{*person, found->invitation.circle};
}

std::vector<ListedInvitation> Invitations::list(db::Reader& reader, const std::optional<PersonId>& by) const {
  return invitation_store::list(reader, by);
}

bool Invitations::revoke(db::Tx& tx, const std::optional<PersonId>& by, const PublicId& invitation) {
  return invitation_store::remove(tx, by, invitation);
}

}  // namespace keepsake

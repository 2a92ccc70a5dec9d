#include <ostream>

#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {
namespace {

std::optional<PersonId> maker(Instance& instance, const std::optional<std::string>& by) {
  if (!by) return std::nullopt;
  return instance.person(*by).id;
}

CircleId circle_of(Instance& instance, PersonId owner, const std::string& typed_id) {
  const auto id = PublicId::parse(typed_id);
  const auto circle = instance.database().read(
      [&](db::Reader& reader) { return id ? Circles::find(reader, owner, *id) : std::nullopt; });
  if (!circle) throw Failure("They have no circle with the id " + typed_id + ".");
  return circle->row;
}

void print(std::ostream& out, const ListedInvitation& invitation) {
  out << invitation.id.text() << "\tmade " << shown_time(invitation.created) << '\t';
  if (invitation.used)
    out << "used by " << invitation.used_by.value_or("somebody who has left");
  else
    out << "ends " << shown_time(invitation.expires);
  out << '\n';
}

}  // namespace

int create_invitation(const InvitationToCreate& wanted, const LoadedSettings& loaded, Console& console) {
  if (wanted.circle && !wanted.by) throw Misuse("A circle is somebody's: add --by NAME.");
  Instance instance(loaded.settings);
  NewInvitation invitation{.by = maker(instance, wanted.by),
                           .circle = {},
                           .lifetime = std::chrono::days(wanted.days),
                           .by_command = true};
  if (wanted.circle) invitation.circle = circle_of(instance, *invitation.by, *wanted.circle);
  const CreatedInvitation created = or_fail(instance.database().write(
      [&](db::Tx& tx) { return instance.services().invitations.create(tx, invitation); }));
  console.out << loaded.settings.origin() << "/invitation/" << created.secret << '\n';
  console.err << "This link lets one person in, until " << shown_time(created.expires) << ".\n";
  return 0;
}

int list_invitations(const std::optional<std::string>& by, const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  const auto who = maker(instance, by);
  const auto invitations = instance.database().read(
      [&](db::Reader& reader) { return instance.services().invitations.list(reader, who); });
  for (const ListedInvitation& invitation : invitations) print(console.out, invitation);
  return 0;
}

int revoke_invitation(const std::string& typed_id, const std::optional<std::string>& by,
                      const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  const auto who = maker(instance, by);
  const auto id = PublicId::parse(typed_id);
  const bool revoked = id && instance.database().write([&](db::Tx& tx) {
    return instance.services().invitations.revoke(tx, who, *id);
  });
  if (!revoked) throw Failure("There is no such open invitation; keepsake invite list shows them.");
  console.out << "Revoked.\n";
  return 0;
}

}  // namespace keepsake::cli

#pragma once
// Registration is closed: a person comes in by an invitation, a link that works once.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"
#include "person/people.h"

namespace keepsake {

using InvitationId = RowId<struct InvitationTag>;

enum class WhoInvites { hosts, everyone };

struct NewInvitation {
  std::optional<PersonId> by;                           // nothing: by the host's command
  std::optional<CircleId> circle;                       // the caller has checked that it is theirs
  std::chrono::hours lifetime = std::chrono::days(14);  // an hour to 90 days
  bool by_command = false;  // the host makes it for `by`, who need not be allowed to invite
};
struct CreatedInvitation {
  PublicId id;
  std::string secret;  // for the link, this once
  Time expires;
};
// An invitation that works, as the one who follows its link sees it.
struct OpenInvitation {
  std::optional<std::string> by;  // a display name
  std::optional<CircleId> circle;
  Time expires;
};
struct ListedInvitation {
  PublicId id;
  std::optional<CircleId> circle;
  Time created, expires;
  std::optional<std::string> used_by;  // the name of who came in by it
  bool used = false;
};
struct AcceptedInvitation {
  PersonId person;
  std::optional<CircleId> circle;  // to be joined by the caller in the same transaction
};

class Invitations {
 public:
  static constexpr int most_open = 100;  // of one person

  Invitations(People& people, const Clock& clock, WhoInvites who = WhoInvites::hosts)
      : people_(people), clock_(clock), who_(who) {}

  bool may_invite(const Person& person) const;
  // Refused: forbidden, if `by` may not invite; invalid lifetime; conflict past 100 open ones.
  Result<CreatedInvitation> create(db::Tx& tx, const NewInvitation& invitation);
  // Nothing if the link was used, revoked, ended, or whoever made it is suspended.
  std::optional<OpenInvitation> find(db::Reader& reader, std::string_view secret) const;
  // Makes the person and uses the invitation up. `password` was hashed before. Refused: gone, and as
  // People::add refuses.
  Result<AcceptedInvitation> accept(db::Tx& tx, std::string_view secret, std::string_view name,
                                    std::string_view display_name, const PasswordHash& password);
  // Of one person, or with nothing those made by command; the newest first, at most 200.
  std::vector<ListedInvitation> list(db::Reader& reader, const std::optional<PersonId>& by) const;
  // Whether there was such an unused invitation.
  bool revoke(db::Tx& tx, const std::optional<PersonId>& by, const PublicId& invitation);

 private:
  People& people_;
  const Clock& clock_;
  WhoInvites who_;
};

}  // namespace keepsake

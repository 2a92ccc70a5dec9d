#pragma once
// Guest links: a named link ("Grandma") by which somebody without an account reads one story. Whoever opens
// one gets a pass, a cookie's token that holds the keys of the links opened with it.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/items.h"
#include "audience/viewer.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"
#include "person/passwords.h"
#include "person/rate_limit.h"

namespace keepsake {
namespace guest_link_store {
struct Live;
}

struct NewGuestLink {
  std::string name;                            // 1 to 100 code points, one line
  std::optional<std::string> passphrase = {};  // 10 to 1,000 bytes
  std::optional<Time> expires = {};            // after now, at most ten years away
  bool past_gate = false;                      // its readers need not pass the gate
};
struct CreatedGuestLink {
  PublicId id;
  std::string secret;  // for the address, this once: only its hash is kept
};
// As its author sees it.
struct GuestLink {
  LinkId row;
  PublicId id;
  std::string name;
  bool passphrase = false;
  std::optional<Time> expires;
  Time created;
  bool ended = false;  // expired
};
// One of all those of an author.
struct AuthorsLink {
  GuestLink link;
  ItemId item;  // which it reads
};
// What the page behind a link says before it is opened.
struct GuestLinkPage {
  std::string name;    // empty while a passphrase is asked for: whom it is for is not for whoever found it
  std::string author;  // display name
  bool passphrase = false;  // is asked for: there is one, and the viewer has not opened the link before
};
struct LetIn {
  ItemId item;
  std::string pass;  // for the cookie; differs from the one shown if anything was added to it
  Time pass_expires;
};

class GuestLinks {
 public:
  static constexpr int most_of_item = 100;
  static constexpr int most_of_pass = 50;  // the one opened longest ago gives way

  GuestLinks(db::Database& database, Items& items, Epoch& epoch, Passwords& passwords, Attempts& attempts,
             const Clock& clock)
      : database_(database),
        items_(items),
        epoch_(epoch),
        passwords_(passwords),
        attempts_(attempts),
        clock_(clock) {}

  // Adds the grant too. Not to be called within a transaction. Refused: not_found unless `author` is the
  // item's; invalid (field "name", "passphrase", "expires"); conflict past the most links; unavailable.
  Result<CreatedGuestLink> create(PersonId author, ItemId item, const NewGuestLink& link);
  // Ends it with the next request; gives the item that it led to. Refused: not_found unless the author's and
  // not yet revoked.
  Result<ItemId> revoke(PersonId author, const PublicId& link);
  // Those not revoked, the oldest first.
  std::vector<GuestLink> of_item(PersonId author, ItemId item);
  // The same of all the author's stories, the newest first, at most `limit`.
  std::vector<AuthorsLink> of_author(PersonId author, int limit);

  // Refused: gone, the same for a secret that never was, a link that was revoked or has expired, and a story
  // that whoever holds the link may not see now.
  Result<GuestLinkPage> look(const Viewer& viewer, std::string_view secret);
  // `pass` is what the cookie says, or empty; `address` is whom to count tries against. Refused: gone as
  // above; invalid (field "passphrase"); too_many; unavailable.
  Result<LetIn> open(const Viewer& viewer, std::string_view secret, std::string_view passphrase,
                     std::string_view pass, std::string_view address);
  // Forgets passes that have ended and links that were revoked a month ago, at most 500 of each; returns how
  // many. For a job, once a day.
  std::int64_t sweep();

 private:
  std::optional<Refusal> fault_of_passphrase(const guest_link_store::Live& link, std::string_view typed,
                                             std::string_view address);

  db::Database& database_;
  Items& items_;
  Epoch& epoch_;
  Passwords& passwords_;
  Attempts& attempts_;
  const Clock& clock_;
};

}  // namespace keepsake

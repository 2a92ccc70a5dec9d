#pragma once
// Drop links: a named link ("Aroha's phone") by which somebody without an account adds photos to an album. It
// always leads to a sealed album: the sender sees nothing of what lies there, only what they sent themself,
// and may take that back while they are let in and the album is shut.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "album/albums.h"
#include "audience/items.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"
#include "person/passwords.h"
#include "person/rate_limit.h"
#include "photo/photos.h"

namespace keepsake {

struct NewDropLink {
  std::string name;                            // 1 to 100 code points, one line
  std::optional<std::string> passphrase = {};  // 10 to 1,000 bytes
  std::optional<Time> expires = {};            // after now, at most ten years away
  std::int64_t most_photos = 2'000;            // 1 to 10,000
  std::int64_t most_bytes = 20'000'000'000;    // of originals; 1 to a million millions
};
struct CreatedDropLink {
  PublicId id;
  std::string secret;  // for the address, this once: only its hash is kept
};
// As the album's owner sees it.
struct DropLink {
  PublicId id;
  std::string name;
  bool passphrase = false;
  std::optional<Time> expires;
  Time created;
  bool ended = false;  // expired
};
// What the page behind a link says before it is opened.
struct DropLinkPage {
  std::string name;    // empty while a passphrase is asked for: whom it is for is not for whoever found it
  std::string author;  // display name
  bool passphrase = false;  // is asked for
};
// Somebody who was let in, while the link leads anywhere.
struct DropVisit {
  std::int64_t row = 0;
  std::int64_t link = 0;
  PersonId owner;
  ItemId album;
  std::string name;    // of the link
  std::string author;  // display name
};
struct LetInToDrop {
  std::string pass;  // for the cookie
  Time expires;
};
// What a sender sees of what they sent.
struct Dropped {
  PublicId id;
  std::string name;  // of the file; may be empty
};

class DropLinks {
 public:
  static constexpr int most_of_album = 50;
  static constexpr int most_shown = 500;  // of what came in one visit
  static constexpr std::chrono::hours visit_lifetime{12};

  // All outlive this.
  DropLinks(db::Database& database, Items& items, Photos& photos, Passwords& passwords, Attempts& passphrases,
            const Clock& clock);

  // Seals the album if it is open. Not to be called within a transaction. Refused: not_found unless the album
  // is the owner's; invalid (field "name", "passphrase", "expires", "most_photos", "most_bytes"); conflict
  // past the most links; unavailable.
  Result<CreatedDropLink> create(PersonId owner, const PublicId& album, const NewDropLink& link);
  // Ends it with the next request, and so every visit by it; gives the album that it led to. Refused:
  // not_found unless the owner's and not yet revoked.
  Result<PublicId> revoke(PersonId owner, const PublicId& link);
  // Those not revoked, the oldest first.
  std::vector<DropLink> of_album(const Album& album);

  // `pass` is what the cookie says, or empty. Refused: gone, the same for a secret that never was, a link
  // that was revoked or has expired, and one of a person who has paused or is suspended.
  Result<DropLinkPage> look(std::string_view secret, std::string_view pass);
  // `address` is whom to count tries against. Refused: gone as above; invalid (field "passphrase"); too_many;
  // unavailable.
  Result<LetInToDrop> open(std::string_view secret, std::string_view passphrase, std::string_view pass,
                           std::string_view address);
  // Who shows this pass; nothing if it never was, is over, or its link leads nowhere now.
  std::optional<DropVisit> visit(std::string_view pass);
  // The same at this link alone.
  std::optional<DropVisit> visit(std::string_view secret, std::string_view pass);

  // Whether `size` more bytes may come, as far as can be told before. Refused: too_many, no_room.
  Result<Done> room_for(const DropVisit& visit, std::int64_t size, std::string_view address);
  // Takes a photo in. The same answer, in about the same time, whether the owner had this very photo or not;
  // theirs stays as it was. Refused: gone; too_many; no_room, whatever it is that is full; what Photos::add
  // refuses.
  Result<Dropped> add(const DropVisit& visit, const PhotoSource& source, std::string_view address);
  // The newest first, at most `most_shown`.
  std::vector<Dropped> sent(const DropVisit& visit);
  // Removes for good what this visit brought; what the owner had before, or others have sent too, stays.
  // Refused: not_found unless it came in this visit.
  Result<Done> take_back(const DropVisit& visit, const PublicId& dropped);

  // For Uploads: writes down what came in pieces. Throws NotTaken as add() refuses.
  Dropped arrive(db::Tx& tx, std::int64_t visit, std::string_view name, std::int64_t size,
                 const AddedPhoto& photo);
  // As a sender is told why not: nothing of what fills the owner's room.
  static Refusal told(const Refusal& refusal);
  // Forgets visits that ended a week ago and links that ended a month ago, at most 500 of each; returns how
  // many. For a job, once a day.
  std::int64_t sweep();

 private:
  db::Database& database_;
  Items& items_;
  Photos& photos_;
  Passwords& passwords_;
  Attempts& passphrases_;
  Attempts comings_;
  const Clock& clock_;
};

}  // namespace keepsake

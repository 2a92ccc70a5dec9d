#pragma once
// Albums: photos that their owner keeps together. A sealed album stays shut, for its owner too, until the
// owner opens it: while it is sealed nothing here says which photos it holds, how many, or whether there are
// any.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audience/items.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"
#include "photo/photos.h"
#include "photo/uploads.h"

namespace keepsake {

struct Album {
  ItemId item;
  PublicId id;
  std::string name;
  bool sealed = false;
  Time created;
};

class Albums {
 public:
  static constexpr int most_of_person = 500;
  static constexpr int most_photos = 10'000;        // of one album
  static constexpr std::size_t most_at_once = 100;  // photos added by their ids

  // All outlive this.
  Albums(db::Database& database, Items& items, Photos& photos, const Clock& clock)
      : database_(database), items_(items), photos_(photos), clock_(clock) {}

  // Refused: invalid (field "name"); conflict past the most albums.
  Result<PublicId> create(PersonId owner, std::string_view name, bool sealed = false);
  // All of them, the newest first.
  std::vector<Album> of_owner(PersonId owner);
  // The owner's own; nothing for everybody else and for what is not there.
  std::optional<Album> find(PersonId owner, const PublicId& album);
  // What it holds, the newest first, `limit` 1 to 100; `after` is the `next` of the page before. Nothing
  // while it is sealed, nor what another album that is sealed holds too.
  PhotoPage photos(PersonId owner, const Album& album, const std::optional<PublicId>& after, int limit);

  // All of these refuse not_found unless the album is the owner's.
  // Also refused: invalid (field "name").
  Result<Done> rename(PersonId owner, const PublicId& album, std::string_view name);
  // The photos stay. Also refused: conflict while it is sealed, since then they would all be seen.
  Result<Done> remove(PersonId owner, const PublicId& album);
  // Photos of the owner's own. Also refused: invalid (field "photos": one is not theirs, or too many at
  // once); conflict past the most photos. Then none is added.
  Result<Done> add(PersonId owner, const PublicId& album, std::span<const PublicId> photos);
  // As Photos::add, straight into the album.
  Result<AddedPhoto> receive(PersonId owner, const PublicId& album, const PhotoSource& source);
  // The photo stays the owner's. Also refused: conflict while the album is sealed, whether it holds the photo
  // or not; a photo that it does not hold is taken out all the same.
  Result<Done> take_out(PersonId owner, const PublicId& album, const PublicId& photo);
  Result<Done> seal(PersonId owner, const PublicId& album);
  // On purpose: from the next request on its photos are shown again, and its drop links have ended.
  Result<Done> open(PersonId owner, const PublicId& album);

  // For Uploads: what came for an album goes there. What its sender sends of their own is theirs to see, even
  // if a sealed album held it before, unless it was sent for that one.
  void arrive(db::Tx& tx, PersonId owner, const std::optional<ItemId>& album, const AddedPhoto& photo);

 private:
  void put(db::Tx& tx, ItemId album, PhotoId photo, const PublicId& id, bool fresh);

  db::Database& database_;
  Items& items_;
  Photos& photos_;
  const Clock& clock_;
};

}  // namespace keepsake

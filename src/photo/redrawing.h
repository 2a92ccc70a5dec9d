#pragma once
// Renditions that are drawn anew from an original: with another look at once, as AVIF when there is time.
#include <chrono>
#include <functional>

#include "audience/items.h"
#include "base/clock.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "blobs/plain_copies.h"
#include "db/database.h"
#include "image/photo_workers.h"
#include "photo/ingest.h"
#include "photo/look_store.h"
#include "photo/photo.h"

namespace keepsake {

class Redrawing {
 public:
  // All outlive this.
  struct Uses {
    db::Database& database;
    Items& items;
    blobs::BlobStore& blobs;
    blobs::PlainCopies& copies;
    image::PhotoWorkers& workers;
    Ingest& ingest;
    const Clock& clock;
  };
  explicit Redrawing(const Uses& use) : use_(use) {}

  // As Photos::change_look, for a person who is signed in.
  Result<Done> change_look(PersonId owner, const PublicId& id, const Look& look);

  // Makes AVIF of one photo after another until none is left, `at_most` has passed, or somebody is adding a
  // photo or changing a look. `made` is told of each that has them now. Throws as the database does; a photo
  // that cannot be read or drawn is passed over for good.
  void make_avif(std::chrono::milliseconds at_most, const std::function<void(const PublicId&)>& made);

 private:
  enum class After { next, stop };

  std::optional<look_store::Drawn> own(db::Reader& reader, PersonId owner, const PublicId& id) const;
  Result<image::Taken> draw(const look_store::Drawn& photo, const Look& look, bool avif);
  Result<Done> replace(const look_store::Drawn& photo, const Look& look, const image::Taken& taken);
  bool write_down(db::Tx& tx, const look_store::Drawn& photo, const look_store::Redrawn& redrawn);
  After make_avif_of(const look_store::Drawn& photo, const std::function<void(const PublicId&)>& made);
  bool keep_avif(const look_store::Drawn& photo, const image::Taken& taken);
  bool write_avif(db::Tx& tx, const look_store::Drawn& photo, const Bytes& placeholder,
                  std::span<const photo_store::NewRendition> renditions);
  void follow(db::Tx& tx, std::span<const photo_store::NewRendition> renditions);

  const Uses use_;
};

}  // namespace keepsake

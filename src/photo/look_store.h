#pragma once
// The SQL of what is drawn anew: looks, the renditions that follow them, and those as AVIF.
#include <optional>
#include <span>
#include <vector>

#include "db/database.h"
#include "photo/photo.h"
#include "photo/photo_store.h"

namespace keepsake::look_store {

// What drawing a photo anew needs to know.
struct Drawn {
  PhotoId row;
  PublicId id;
  PersonId owner;
  blobs::BlobRef original;
  Extent extent;
  bool avif = false;  // made, or given up
  Look look;
};

// Rounded to what is kept of it: hundredths of a degree, ten thousandths of a side. For a look that fits.
Look as_kept(Look look);

// Plain where nothing is written.
Look look_of(db::Reader& reader, PhotoId photo);

std::optional<Drawn> find(db::Reader& reader, PhotoId photo);
// The photo that has waited longest for its renditions as AVIF.
std::optional<Drawn> next_without_avif(db::Reader& reader);

// Puts these renditions in place of all there are, with the look, the extent and the placeholder that go with
// them; those as AVIF are to be made again. What the owner keeps grows or shrinks with them. Gives the names
// of the blobs that are forgotten.
struct Redrawn {
  Look look;
  Extent extent;
  Bytes placeholder;
  std::vector<photo_store::NewRendition> renditions;
};
std::vector<PublicId> replace(db::Tx& tx, const Drawn& photo, const Redrawn& redrawn);

// Adds the renditions as AVIF to the others, and the placeholder if there is none yet. None: they are given
// up until the next look.
void settle_avif(db::Tx& tx, const Drawn& photo, std::span<const photo_store::NewRendition> renditions,
                 const Bytes& placeholder);

}  // namespace keepsake::look_store

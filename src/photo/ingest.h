#pragma once
// How a photo comes in: streamed to a file without a name, decoded by a worker, kept as blobs, and only then
// written down. What no worker can decode is kept all the same, if it is a picture, a film, a sound or a PDF.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "image/photo_workers.h"
#include "photo/photo.h"
#include "photo/photo_digests.h"
#include "photo/under_way.h"

namespace keepsake {

struct PhotoSettings {
  std::filesystem::path temporary;         // DIR/tmp, where an upload lies, without a name, until it is kept
  std::int64_t most_bytes = 100ll << 20;   // of one original
  std::int64_t spare_bytes = 512ll << 20;  // what stays free on the disk; below it no photo is taken
  bool mirrored = false;                   // whether photos::mirror_job is to follow each
};

// A photo on its way in. `read` fills from the front and returns how many bytes, 0 at the end; what it throws
// passes through, and nothing is kept.
struct PhotoSource {
  std::function<std::size_t(std::span<std::byte>)> read;
  std::optional<std::uint64_t> announced = {};  // how many bytes will come, if the sender said so
  std::string name = {};                        // of the file, if the sender said so; in any form
};

struct AddedPhoto {
  PhotoId row;
  PublicId id;
  std::string sha256;    // of the original, in hexadecimal
  Extent extent;         // 0 x 0 for what is kept but cannot be shown
  bool already = false;  // the person had this very photo before: nothing was added

  bool shown() const { return extent.width > 0; }
};

// Thrown by what is to be written beside a photo (Ingest::Also) where the photo must not be kept after all.
struct NotTaken {
  Refusal refusal;
};

class ArrivingFile;
namespace photo_store {
struct NewPhoto;
}

class Ingest {
 public:
  Ingest(db::Database& database, blobs::BlobStore& blobs, image::PhotoWorkers& workers,
         const PhotoDigests& digests, const Clock& clock, PhotoSettings settings);

  // What is to be written in the transaction that writes the photo, or that finds it there already.
  using Also = std::function<void(db::Tx&, const AddedPhoto&)>;

  // What the time it takes may tell of the photos that are here: to their owner anything, to others nothing,
  // so a photo that is here already is decoded like a new one.
  enum class Asked { by_owner, by_others };

  // As Photos::add, for a person who is signed in. What `also` throws as NotTaken is the refusal.
  Result<AddedPhoto> add(PersonId owner, const PhotoSource& source, const Also& also = {},
                         Asked asked = Asked::by_owner);

  // Why `bytes` more cannot lie here: too large for one (too_large), or no room on the disk (no_room).
  std::optional<Refusal> fault_of_size(std::uint64_t bytes) const;

  const PhotoSettings& settings() const { return settings_; }
  // What is being taken in.
  UnderWay& under_way() { return under_way_; }

 private:
  std::optional<Refusal> quota_fault(PersonId owner, const PhotoSource& source) const;
  Result<AddedPhoto> receive(PersonId owner, const PhotoSource& source, const Also& also, Asked asked);
  std::optional<AddedPhoto> duplicate_of(db::Reader& reader, PersonId owner,
                                         const ArrivingFile& arrived) const;
  Result<AddedPhoto> keep(photo_store::NewPhoto photo, const ArrivingFile& arrived,
                          const std::vector<image::Rendition>& renditions, const Also& also);
  Result<AddedPhoto> write_down(db::Tx& tx, const photo_store::NewPhoto& photo, const ArrivingFile& arrived,
                                const Also& also);

  db::Database& database_;
  blobs::BlobStore& blobs_;
  image::PhotoWorkers& workers_;
  PhotoDigests digests_;
  const Clock& clock_;
  PhotoSettings settings_;
  UnderWay under_way_;
};

}  // namespace keepsake

#pragma once
// What one may do with photos: add, read, list and remove them.
//
// An original is its owner's alone, bit for bit. Renditions are what readers get, under the one rule of
// visibility; a photo that is hidden and one that never was are the same answer by the same queries.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audience/viewer.h"
#include "audience/visibility.h"
#include "base/clock.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "image/photo_workers.h"
#include "photo/photo.h"

namespace keepsake {

struct PhotoSettings {
  std::filesystem::path temporary;         // DIR/tmp, where an upload lies, without a name, until it is kept
  std::int64_t most_bytes = 100ll << 20;   // of one original
  std::int64_t spare_bytes = 512ll << 20;  // what stays free on the disk; below it no photo is taken
};

// A photo on its way in. `read` fills from the front and returns how many bytes, 0 at the end; what it throws
// passes through add(), which then has kept nothing.
struct PhotoSource {
  std::function<std::size_t(std::span<std::byte>)> read;
  std::optional<std::uint64_t> announced = {};  // how many bytes will come, if the sender said so
};

struct AddedPhoto {
  PublicId id;
  std::string sha256;  // of the original, in hexadecimal
  Extent extent;
  bool already = false;  // the person had this very photo before: nothing was added
};

// A file of a photo that the viewer may have, not opened yet: enough for headers and conditional requests.
struct PhotoFile {
  blobs::BlobRef blob;  // blob.name may key a cache; blob.size is the length
  std::string media_type;
  std::string etag;  // strong, with its quotes (RFC 9110 section 8.8.3)
  Decision decision;
};

struct PhotoPage {
  std::vector<Photo> photos;
  std::optional<PublicId> next;  // absent at the end
};

class Photos {
 public:
  // All collaborators outlive this.
  Photos(db::Database& database, blobs::BlobStore& blobs, image::PhotoWorkers& workers,
         const blobs::InstanceKey& key, const Clock& clock, PhotoSettings settings);

  // Takes a photo in; on return original and renditions are durable. The same bytes from the same person
  // again give the photo they have; what others hold never matters. Refuses sign_in, no_room and (if
  // announced) too_large before anything is read, too_large while reading, and what the workers refuse.
  Result<AddedPhoto> add(const Viewer& viewer, const PhotoSource& source);

  // The original, for its owner alone; nothing for everybody else and for what is hidden or absent.
  std::optional<PhotoFile> original(const Viewer& viewer, const PublicId& id);
  // A rendition as the one rule of visibility decides; nothing if hidden or absent. `edge` is one of
  // rendition_edges.
  std::optional<PhotoFile> rendition(const Viewer& viewer, const PublicId& id, int edge, Encoding encoding);
  // Throws blobs::Missing or blobs::Damaged: a fault of the disk, never of the viewer.
  std::unique_ptr<blobs::BlobReader> open(const PhotoFile& file) const;

  // The viewer's own photos, newest first, `limit` 1 to 100; `after` is the `next` of the page before. Empty
  // for whoever is not signed in.
  PhotoPage mine(const Viewer& viewer, const std::optional<PublicId>& after, int limit);

  // Removes a photo of the viewer's for good: its keys are destroyed with the row, the files follow. Refuses
  // not_found, and conflict while a story or album holds it.
  Result<Done> remove(const Viewer& viewer, const PublicId& id);

 private:
  struct Upload;

  db::Database& database_;
  blobs::BlobStore& blobs_;
  image::PhotoWorkers& workers_;
  blobs::InstanceKey key_;
  const Clock& clock_;
  PhotoSettings settings_;
};

namespace photos {

// Those of `ids` that `owner` has, in the order of `ids`; a story holds only photos that its author owns, so
// whatever is missing here must be refused there. At most 1,000 ids.
std::vector<Photo> by_ids(db::Reader& reader, PersonId owner, std::span<const PublicId> ids);
// Those of `rows` that exist, in the order of `rows`. Decides nothing: for stories that are open already.
std::vector<Photo> by_rows(db::Reader& reader, std::span<const PhotoId> rows);

}  // namespace photos
}  // namespace keepsake

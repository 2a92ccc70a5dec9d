#pragma once
// What one may do with photos: add, read, list and remove them.
//
// An original is its owner's alone, bit for bit. Renditions are what readers get, under the one rule of
// visibility; a photo that is hidden and one that never was are the same answer by the same queries.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audience/decisions.h"
#include "audience/items.h"
#include "audience/viewer.h"
#include "audience/visibility.h"
#include "base/clock.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "blobs/plain_copies.h"
#include "db/database.h"
#include "photo/ingest.h"
#include "photo/photo.h"

namespace keepsake {

// A file of a photo that the viewer may have, not opened yet: enough for headers and conditional requests.
struct PhotoFile {
  blobs::BlobRef blob;  // blob.name may key a cache; blob.size is the length
  std::string media_type;
  std::string etag;  // strong, with its quotes (RFC 9110 section 8.8.3)
  Decision decision;
  std::string name = {};  // of an original: as its file was sent; may be empty
};

class Redrawing;

struct PhotoPage {
  std::vector<Photo> photos;
  std::optional<PublicId> next;  // absent at the end
};

class Photos {
 public:
  // All collaborators outlive this.
  Photos(db::Database& database, Items& items, Decisions& decisions, blobs::BlobStore& blobs,
         blobs::PlainCopies& copies, image::PhotoWorkers& workers, const blobs::InstanceKey& key,
         const Clock& clock, PhotoSettings settings);
  ~Photos();

  // Takes a photo in; on return original and renditions are durable. The same bytes from the same person
  // again give the photo they have; what others hold never matters. Refuses sign_in, no_room and (if
  // announced) too_large before anything is read, too_large while reading, and what the workers refuse.
  Result<AddedPhoto> add(const Viewer& viewer, const PhotoSource& source);

  // The way in itself, for what comes in pieces.
  Ingest& ingest() { return ingest_; }

  // The original, for its owner alone; nothing for everybody else and for what is hidden or absent.
  std::optional<PhotoFile> original(const Viewer& viewer, const PublicId& id);
  // A rendition as the one rule of visibility decides; nothing if hidden or absent. `edge` is one of
  // rendition_edges.
  std::optional<PhotoFile> rendition(const Viewer& viewer, const PublicId& id, int edge, Wish wish);
  // The same, if all of it was found before and still holds: nothing is read, so it is fit for an I/O thread.
  // Decided for this viewer, as ever; null says nothing about the photo.
  std::shared_ptr<const PhotoFile> known_rendition(const Viewer& viewer, const PublicId& id, int edge,
                                                   Wish wish) const;
  // Throws blobs::Missing or blobs::Damaged: a fault of the disk, never of the viewer.
  std::unique_ptr<blobs::BlobReader> open(const PhotoFile& file) const;
  // The same bytes as a file in memory, if many ask for them; or null. For a rendition that was just found.
  // With `asked` this counts as one who asks, and may make the copy, and throws as open(); without, it never
  // waits.
  SharedFile plain_copy(const PhotoFile& file, bool asked);

  // The viewer's own photos, newest first, `limit` 1 to 100; `after` is the `next` of the page before. Empty
  // for whoever is not signed in.
  PhotoPage mine(const Viewer& viewer, const std::optional<PublicId>& after, int limit);

  // One of them; nothing for everybody else, and while a sealed album holds it.
  std::optional<Photo> mine(const Viewer& viewer, const PublicId& id);

  // One original of those that are taken along together.
  struct Original {
    PublicId id;
    std::string name;  // with the ending that fits; of the photo's day where its file had none
    std::int64_t size = 0;
    Time uploaded;
    std::uint32_t crc32 = 0;
  };
  static constexpr int most_together = 10'000, most_parts = 10'000;
  // The viewer's originals, of one album or of all, the oldest first, without what a sealed album holds: at
  // most most_together, of which there may be several `part`s, counted from 0. Empty for everybody else.
  // Throws as open().
  std::vector<Original> originals(const Viewer& viewer, std::optional<ItemId> album, int part = 0);
  // How many parts all of them are; one where there are few, also if a sealed album holds them all.
  int parts_of_originals(const Viewer& viewer);

  bool owns(const Viewer& viewer, const PublicId& id);

  // How a photo of the viewer's is shown.
  Look look_of(const Photo& photo);
  // Shows a photo of the viewer's in another way; the original stays as it is. On return the renditions are
  // drawn anew and durable, and the next request of whoever may see the photo gets them. Of two changes at
  // once the later wins whole. Refuses sign_in; not_found for everybody else and while a sealed album holds
  // the photo; invalid (field "look") for a look that does not fit and for what cannot be shown; no_room; and
  // what the workers refuse. Throws as open().
  Result<Done> change_look(const Viewer& viewer, const PublicId& id, const Look& look);
  // Makes renditions as AVIF for those that have none, one after another, for about as long as `at_most` and
  // only while nobody adds a photo or changes a look. For a periodic job of one server of all.
  void make_avif(std::chrono::milliseconds at_most);

  // Removes a photo of the viewer's for good: its keys are destroyed with its rows, the files follow by a
  // job. Refuses not_found, and conflict while a story (also one in the trash) holds it; albums let it go.
  Result<Done> remove(const Viewer& viewer, const PublicId& id);
  // The same for all photos of a person who is going, whatever holds them; for People::on_remove.
  void forget_all_of(db::Tx& tx, PersonId owner);
  // The same for these, whatever holds them: that they may go is for the caller to have asked.
  void forget(db::Tx& tx, std::span<const PhotoId> photos);

 private:
  struct Kept;
  void forget_found(const PublicId& id);
  std::uint32_t crc32_of(const Viewer& viewer, const PublicId& id);

  db::Database& database_;
  Items& items_;
  Decisions& decisions_;
  blobs::BlobStore& blobs_;
  blobs::PlainCopies& copies_;
  const Clock& clock_;
  PhotoDigests digests_;
  Ingest ingest_;
  const std::unique_ptr<Redrawing> redrawing_;
  const std::unique_ptr<Kept> kept_;
};

namespace photos {

// Those of `ids` that `owner` has and that can be shown, in the order of `ids`; a story holds only such
// photos of its author's, so whatever is missing here must be refused there. At most 1,000 ids.
std::vector<Photo> by_ids(db::Reader& reader, PersonId owner, std::span<const PublicId> ids);
// Those of `rows` that exist, in the order of `rows`. Decides nothing: for stories that are open already.
std::vector<Photo> by_rows(db::Reader& reader, std::span<const PhotoId> rows);

// The job kind by which the files of removed photos follow their rows, and its work: removes every file whose
// row is gone. May be done twice, and by several nodes at once. What it removed is told in its last write to
// `removed`, which leaves behind what else has to follow.
inline constexpr std::string_view blob_removal_job = "blob-removal";
using Removed = std::function<void(db::Tx& tx, std::span<const PublicId> names)>;
void remove_forgotten_blobs(db::Database& database, blobs::BlobStore& blobs, blobs::PlainCopies& copies,
                            const Removed& removed = {});

// The job kind that follows each photo that is added where PhotoSettings::mirrored says so. Its payload: the
// names of the photo's blobs, as name_list() puts them.
inline constexpr std::string_view mirror_job = "mirror-copy";
std::string name_list(std::span<const PublicId> names);
// Back from there; what is no name is left out.
std::vector<PublicId> names_in(std::string_view list);

}  // namespace photos
}  // namespace keepsake

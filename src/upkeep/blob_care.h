#pragma once
// One blob, looked at whole: its file here, its copy in the mirror; each repaired from the other if that one
// is what was kept.
#include "blobs/blob_check.h"
#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "photo/kept_blob_store.h"
#include "photo/photo_digests.h"

namespace keepsake {

// What was found of a blob's copy in the mirror, and done.
enum class Mirrored {
  none,    // nothing: no mirror is at hand, or no file that it could be a copy of
  same,    // whole
  copied,  // it was missing
  mended,  // it was damaged
  failed,  // it is still missing or damaged
};

struct Looked {
  blobs::BlobState state = blobs::BlobState::sound;  // as found
  bool repaired = false;
  bool gone = false;  // removed while it was looked at; nothing else counts then
  Mirrored mirrored = Mirrored::none;
};

// Not thread-safe; each thread has its own.
class BlobCare {
 public:
  // All outlive this.
  BlobCare(db::Database& database, blobs::BlobStore& blobs, const PhotoDigests& digests,
           blobs::Pace pace = {});

  // `mirror` is null where none is at hand. Throws what BlobCheck throws of the file here; what fails in the
  // mirror is said in `mirrored`.
  Looked look_at(const KeptBlob& kept, blobs::BlobStore* mirror);
  // The same of the mirror alone, and without reading a copy that is there and of the right size.
  Mirrored copy_if_missing(const KeptBlob& kept, blobs::BlobStore& mirror);

 private:
  struct Content;
  Content content_of(const KeptBlob& kept) const;
  blobs::BlobState state_here(const KeptBlob& kept, const Content& content);
  bool repair(const KeptBlob& kept, const Content& content, blobs::BlobStore& mirror);
  Mirrored keep_mirrored(const KeptBlob& kept, blobs::BlobStore& mirror);
  Mirrored copy(const KeptBlob& kept, blobs::BlobStore& mirror, Mirrored done);
  bool is_kept(const KeptBlob& kept);

  db::Database& database_;
  blobs::BlobStore& blobs_;
  const PhotoDigests& digests_;
  const blobs::Pace pace_;
  blobs::BlobCheck check_;
};

}  // namespace keepsake

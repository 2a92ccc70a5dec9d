#pragma once
// Every blob that the database names, with the photo it is a file of: for whoever looks whether all of them
// are there and whole.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "blobs/blob_store.h"
#include "db/database.h"
#include "photo/photo.h"

namespace keepsake {

// Which file of which photo a blob is.
struct PhotoPart {
  PublicId photo;
  std::string owner;    // the name of their account
  int edge = 0;         // of a rendition; 0: the original
  Encoding encoding{};  // of a rendition
  Bytes sealed_digest;  // of an original; see PhotoDigests
};

struct KeptBlob {
  std::int64_t row = 0;  // above 0; grows with every blob
  blobs::BlobRef blob;
  std::optional<PhotoPart> part;  // none: no photo names it
};

// How many blobs there are, and the bytes they hold before they are encrypted.
struct BlobSum {
  std::int64_t files = 0, bytes = 0;
};

namespace kept_blob_store {

// Those after `row` in the order of their rows, at most `limit`.
std::vector<KeptBlob> page(db::Reader& reader, std::int64_t after, int limit);
BlobSum sum(db::Reader& reader);
// Whether that row still names that blob.
bool is_kept(db::Reader& reader, const KeptBlob& blob);

// The names between two, both included, that a row names or that are to be removed by a job; sorted.
std::vector<PublicId> known_names(db::Reader& reader, const PublicId& first, const PublicId& last);

}  // namespace kept_blob_store
}  // namespace keepsake

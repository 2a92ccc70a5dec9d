#pragma once
// Reads blobs from their first byte to their last, to see that they are what was kept.
#include <functional>
#include <optional>

#include "base/hash.h"
#include "blobs/blob_store.h"

namespace keepsake::blobs {

enum class BlobState { sound, missing, damaged };

// Called before so many bytes of files are read; waits as long as the reader is to wait, and may throw to end
// the reading.
using Pace = std::function<void(std::int64_t bytes)>;

// Not thread-safe; each thread has its own.
class BlobCheck {
 public:
  explicit BlobCheck(Pace pace = {}) : pace_(std::move(pace)) {}

  // Whether the key opens, the size is right and every chunk opens; with `digest`, whether that is the
  // SHA-256 of the plain bytes as well. A file that the disk or its rights give nobody to read counts as
  // damaged; throws std::system_error for every other fault, which says nothing about the blob.
  BlobState state(const BlobStore& store, const BlobRef& blob, const std::optional<Digest>& digest = {});

 private:
  bool reads_whole(BlobReader& reader, const std::optional<Digest>& digest);

  Pace pace_;
  Bytes piece_;
};

}  // namespace keepsake::blobs

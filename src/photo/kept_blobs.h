#pragma once
// The blobs of one photo, from the first byte to the transaction that names them.
#include <memory>
#include <span>
#include <vector>

#include "base/file.h"
#include "blobs/blob_store.h"
#include "image/photo_workers.h"
#include "photo/photo_store.h"

namespace keepsake {

// Taken away again unless released.
class KeptBlobs {
 public:
  // `store` outlives this.
  explicit KeptBlobs(blobs::BlobStore& store) : store_(store) {}
  KeptBlobs(const KeptBlobs&) = delete;
  KeptBlobs& operator=(const KeptBlobs&) = delete;
  ~KeptBlobs();

  void add(ByteView bytes);
  // All of it, from its start.
  void add(const Descriptor& file);

  // Makes all of them durable, in the order they were added. Throws what the store throws; then none counts.
  std::vector<blobs::BlobRef> keep();
  // For when their rows are written, or when nobody knows whether they are.
  void release() { names_.clear(); }

 private:
  void remove(const PublicId& name) noexcept;

  blobs::BlobStore& store_;
  std::vector<std::unique_ptr<blobs::BlobWriter>> writers_;
  std::vector<PublicId> names_;
};

// `blobs` are those of `made`, in its order.
std::vector<photo_store::NewRendition> with_blobs(const std::vector<image::Rendition>& made,
                                                  std::span<const blobs::BlobRef> blobs);

}  // namespace keepsake

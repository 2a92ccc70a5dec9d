#pragma once
#include <memory>

#include "base/file.h"
#include "base/hash.h"
#include "blobs/blob_store.h"

namespace keepsake::blobs {

// Reads a file of blob_format.h under the blob's own key. Throws Damaged if its size or header differ; every
// chunk is proven when it is read. After a read of less than a chunk the last one opened is kept for the next
// read; after a larger one nothing is.
std::unique_ptr<BlobReader> read_blob_file(Descriptor file, const BlobRef& blob, const Digest& key);

}  // namespace keepsake::blobs

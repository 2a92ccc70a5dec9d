#pragma once
// A photo as it is written down, made without any worker: what it holds is text.
#include <string>

#include "blobs/blob_store.h"
#include "photo/photo_digests.h"
#include "photo/photo_store.h"

namespace keepsake::support {

inline blobs::BlobRef keep(blobs::BlobStore& store, const std::string& text) {
  const auto writer = store.create();
  writer->write(as_byte_view(text));
  return writer->keep();
}

// Of `owner`'s, without renditions; `text` is the original.
inline photo_store::NewPhoto new_photo(blobs::BlobStore& store, const blobs::InstanceKey& key, PersonId owner,
                                       const std::string& text, Time uploaded) {
  const Digest digest = sha256(text);
  const PhotoDigests digests(key);
  return {.id = PublicId::random(),
          .owner = owner,
          .original = keep(store, text),
          .duplicate = digests.duplicate_mark(owner, digest),
          .sealed_digest = digests.seal({digest}),
          .format = image::Format::jpeg,
          .extent = {4, 3},
          .uploaded = uploaded,
          .renditions = {}};
}

}  // namespace keepsake::support

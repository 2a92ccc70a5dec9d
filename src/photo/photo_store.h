#pragma once
// The SQL of photos, their renditions and blobs.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "blobs/blob_store.h"
#include "db/database.h"
#include "image/photo_workers.h"
#include "photo/photo.h"

namespace keepsake::photo_store {

struct NewRendition {
  int edge = 0;
  Encoding encoding = Encoding::webp;
  Extent extent;
  blobs::BlobRef blob;
};
struct NewPhoto {
  PublicId id;
  PersonId owner;
  blobs::BlobRef original;
  Digest duplicate;
  Bytes sealed_digest;
  std::optional<image::Format> format;  // none: it cannot be shown
  std::string media_type = {};          // where there is no format
  std::string name = {};
  Extent extent;
  Time uploaded;
  std::vector<NewRendition> renditions;
  Bytes placeholder = {};  // a ThumbHash, or empty
};
// All that it takes: the original and the renditions.
std::int64_t size_of(const NewPhoto& photo);
// Throws UniqueViolation if the owner has a photo with this `duplicate`.
PhotoId insert(db::Tx& tx, const NewPhoto& photo);
// Of a photo that is there, with its blob's row.
void insert_rendition(db::Tx& tx, PhotoId photo, const NewRendition& rendition);

// The owner's photo with this mark.
struct Known {
  PhotoId row;
  PublicId id;
  Extent extent;
};
std::optional<Known> find_duplicate(db::Reader& reader, PersonId owner, const Digest& duplicate);

// A file of a photo, whoever asks. All zeros if there is none, so that the queries that follow are the same.
struct StoredFile {
  PhotoId photo;
  PersonId owner;
  blobs::BlobRef blob;
  std::string media_type;  // of the original
  std::string name;        // of the file as it was sent
  Bytes sealed_digest;     // of the original
  Encoding encoding{};     // of a rendition
};
StoredFile original(db::Reader& reader, const PublicId& id);
// As AVIF where that is wished and made, else in the usual encoding: one query either way.
StoredFile rendition(db::Reader& reader, const PublicId& id, int edge, Wish wish);

std::optional<PhotoId> find(db::Reader& reader, PersonId owner, const PublicId& id);
// Newest first, those before `before`; without what a sealed album holds.
std::vector<Photo> page(db::Reader& reader, PersonId owner, PhotoId before, int limit);
// The same of what `album` holds; nothing of an album that is sealed.
std::vector<Photo> page_of_album(db::Reader& reader, PersonId owner, ItemId album, PhotoId before, int limit);
// Without what a sealed album holds.
std::optional<Photo> by_id(db::Reader& reader, PersonId owner, const PublicId& id);
// Those that can be shown.
std::vector<Photo> by_ids(db::Reader& reader, PersonId owner, std::span<const PublicId> ids);
std::vector<Photo> by_rows(db::Reader& reader, std::span<const PhotoId> rows);
std::vector<PhotoId> all_of(db::Reader& reader, PersonId owner);

// What an archive of originals needs of each: of `album`, or of all, the oldest first, without what a sealed
// album holds.
struct StoredOriginal {
  PublicId id;
  std::string name;  // as sent; may be empty
  std::string media_type;
  std::int64_t size = 0;
  Time uploaded;
  Bytes sealed_digest;
};
std::vector<StoredOriginal> originals(db::Reader& reader, PersonId owner, std::optional<ItemId> album,
                                      int skipped, int limit);
// How many page() lists in all.
std::int64_t count(db::Reader& reader, PersonId owner);

bool held_by_story(db::Reader& reader, PhotoId photo);
bool held_by_sealed_album(db::Reader& reader, PhotoId photo);

// Removes the rows of photos with those of their blobs, and notes the blobs' names as forgotten: those it
// returns.
std::vector<PublicId> remove(db::Tx& tx, std::span<const PhotoId> photos);

}  // namespace keepsake::photo_store

#pragma once
// The SQL of uploads and their pieces.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "blobs/blob_store.h"
#include "db/database.h"

namespace keepsake::upload_store {

using UploadId = RowId<struct UploadTag>;

// Who sends, and whose photo it becomes: that person's own, or what comes in a visit by a drop link of
// theirs.
struct Sender {
  PersonId person;
  std::optional<std::int64_t> visit = {};
};

struct Stored {
  UploadId row = {};
  PublicId id;
  Sender sender;
  std::optional<ItemId> album = {};  // that is to hold the photo
  std::string name;
  std::int64_t size = 0, arrived = 0;
  Time expires;
  std::optional<PublicId> photo = {};
  std::optional<Refusal> refusal = {};

  bool whole() const { return arrived == size; }
  bool settled() const { return photo || refusal; }
};

UploadId insert(db::Tx& tx, const Stored& upload);
std::optional<Stored> find(db::Reader& reader, const Sender& sender, const PublicId& id);
// Those that arrived whole and are neither a photo nor refused, and that expire before `until`.
std::vector<Stored> unsettled(db::Reader& reader, Time until, int limit);
std::vector<UploadId> expired(db::Reader& reader, Time now, int limit);
std::vector<UploadId> all_of(db::Reader& reader, PersonId person);

// Of those that are still to become photos.
struct Open {
  std::int64_t count = 0;  // of the sender's
  std::int64_t bytes = 0;  // of all that will be this person's: the whole uploads, as announced
};
Open open_of(db::Reader& reader, const Sender& sender);

// Adds a piece at `place` if that is where the pieces end. False if not: then nothing changed.
bool add_part(db::Tx& tx, UploadId upload, std::int64_t place, const blobs::BlobRef& blob, Time expires);
// In their order.
std::vector<blobs::BlobRef> parts(db::Reader& reader, UploadId upload);

void became(db::Tx& tx, UploadId upload, const PublicId& photo, Time expires);
void was_refused(db::Tx& tx, UploadId upload, const Refusal& why, Time expires);
// Removes the rows of its pieces with their keys, and notes the blobs as forgotten.
void forget_parts(db::Tx& tx, UploadId upload);
// The row alone; forget_parts() goes before.
void remove(db::Tx& tx, UploadId upload);

}  // namespace keepsake::upload_store

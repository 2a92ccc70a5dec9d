#pragma once
// Photos that come in pieces, over a network that comes and goes: what has arrived is durable, and the sender
// goes on from there after a minute or a night.
//
// The pieces lie as blobs, each with a row that says where in the whole it stands; the last one makes it a
// photo like any other. A piece counts only if it begins where the pieces before it end, so two senders of
// the same upload cannot harm it.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "db/database.h"
#include "photo/ingest.h"
#include "photo/upload_store.h"

namespace keepsake {

using upload_store::Sender;
using upload_store::UploadId;

// As its sender sees it.
struct Upload {
  PublicId id;
  std::int64_t size = 0;
  std::int64_t arrived = 0;        // bytes that are durable; the next piece begins there
  Time expires;                    // then what has arrived is removed
  std::optional<PublicId> photo;   // what it became
  std::optional<Refusal> refusal;  // why it became nothing
  Sender sender;
};

// What a piece must hash to.
struct Checksum {
  HashAlgorithm algorithm = HashAlgorithm::sha1;
  Bytes value;
};

class Uploads {
 public:
  static constexpr std::int64_t most_at_once = 200;  // of one sender
  static constexpr std::chrono::days kept_for{3};    // after the last piece

  // All outlive this.
  Uploads(db::Database& database, blobs::BlobStore& blobs, Ingest& ingest, const Clock& clock)
      : database_(database), blobs_(blobs), ingest_(ingest), clock_(clock) {}

  // What is written in the transaction in which an upload becomes a photo, or is found to be one already; it
  // may throw NotTaken. Set once, before the first upload, by whoever keeps albums.
  using Arriving = std::function<void(db::Tx&, const upload_store::Stored&, const AddedPhoto&)>;
  void on_arriving(Arriving arriving) { arriving_ = std::move(arriving); }

  // Room for `size` bytes that are to come. `album`: that is to hold the photo, and that the sender may fill.
  // Refused: invalid (nothing is to come), too_large, no_room (quota or disk; what else is on its way
  // counts), too_many.
  Result<Upload> begin(const Sender& sender, std::int64_t size, std::string_view name,
                       std::optional<ItemId> album = {});

  // The sender's own; nothing for everybody else and for what is not there.
  std::optional<Upload> find(const Sender& sender, const PublicId& id);

  // Takes the piece that begins at `place`. What arrived before `source` threw is kept and counts, unless a
  // checksum was to prove it; the exception passes through. With the last byte the upload becomes a photo
  // before this returns. Refused: not_found; conflict unless the piece begins where the others end; too_large
  // past the announced size; invalid (field "checksum"); no_room; and, for what can never become a photo, as
  // Photos::add refuses: then its bytes are gone.
  Result<Upload> append(const Sender& sender, const PublicId& id, std::int64_t place,
                        const PhotoSource& source, const std::optional<Checksum>& checksum = {});

  // Gives it up; what had arrived is removed, what became a photo stays one. Refused: not_found.
  Result<Done> end(const Sender& sender, const PublicId& id);

  // Makes photos of those that arrived whole and were not yet taken in, since the program ended or the house
  // was full, and removes those that have expired. For a job, every few minutes.
  // One whose pieces are not to be read is left until it expires.
  void sweep();
  // Removes all of a person who is going; for People::on_remove.
  void forget_all_of(db::Tx& tx, PersonId person);

 private:
  class Pieces;

  std::optional<upload_store::Stored> stored(const Sender& sender, const PublicId& id);
  Result<Upload> take_in(const upload_store::Stored& upload);
  void forget_parts(db::Tx& tx, UploadId upload);
  void remove(db::Tx& tx, std::span<const UploadId> uploads);
  bool take_in_late(const upload_store::Stored& upload);

  db::Database& database_;
  blobs::BlobStore& blobs_;
  Ingest& ingest_;
  const Clock& clock_;
  Arriving arriving_;
};

}  // namespace keepsake

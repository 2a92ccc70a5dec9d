#include "photo/ingest.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

#include "base/file.h"
#include "base/log.h"
#include "photo/photo_store.h"
#include "photo/upload.h"

namespace keepsake {
namespace {

constexpr std::size_t piece_size = 1 << 20;

Refusal no_room() {
  return {
      Refused::no_room,
      "There is no room for another photo here at the moment. Everything kept before is safe; whoever runs "
      "this place has to make room first.",
      "photo"};
}

std::int64_t free_bytes(const std::filesystem::path& folder) {
  struct statvfs status {};
  if (::statvfs(folder.c_str(), &status) != 0) throw_errno("asking for free space");
  const auto free = static_cast<unsigned long long>(status.f_bavail) * status.f_frsize;
  return static_cast<std::int64_t>(
      std::min<unsigned long long>(free, std::numeric_limits<std::int64_t>::max()));
}

bool means_full(const std::system_error& error) {
  return error.code().value() == ENOSPC || error.code().value() == EDQUOT;
}

// The blobs of one photo; taken away again unless released.
class KeptBlobs {
 public:
  explicit KeptBlobs(blobs::BlobStore& store) : store_(store) {}
  KeptBlobs(const KeptBlobs&) = delete;
  KeptBlobs& operator=(const KeptBlobs&) = delete;
  ~KeptBlobs() {
    for (const PublicId& name : names_) remove(name);
  }

  blobs::BlobRef keep(ByteView bytes) {
    const auto writer = store_.create();
    writer->write(bytes);
    return note(writer->keep());
  }
  blobs::BlobRef keep(const Descriptor& file) {
    const auto writer = store_.create();
    Bytes piece(piece_size);
    std::int64_t offset = 0;
    while (const std::size_t got = read_at(file, offset, piece)) {
      writer->write(ByteView(piece).first(got));
      offset += static_cast<std::int64_t>(got);
    }
    return note(writer->keep());
  }
  void release() { names_.clear(); }

 private:
  blobs::BlobRef note(blobs::BlobRef blob) {
    names_.push_back(blob.name);
    return blob;
  }
  void remove(const PublicId& name) noexcept try { store_.remove(name); } catch (const std::exception&) {
    log_warning("blob left without a photo", {{"blob", name.text()}});
  }

  blobs::BlobStore& store_;
  std::vector<PublicId> names_;
};

std::vector<photo_store::NewRendition> keep_renditions(KeptBlobs& kept, const image::Taken& taken) {
  std::vector<photo_store::NewRendition> renditions;
  for (const image::Rendition& made : taken.renditions) {
    renditions.push_back({made.edge, made.encoding, {made.width, made.height}, kept.keep(made.bytes)});
  }
  return renditions;
}

}  // namespace

Ingest::Ingest(db::Database& database, blobs::BlobStore& blobs, image::PhotoWorkers& workers,
               const PhotoDigests& digests, const Clock& clock, PhotoSettings settings)
    : database_(database),
      blobs_(blobs),
      workers_(workers),
      digests_(digests),
      clock_(clock),
      settings_(std::move(settings)) {}

Result<AddedPhoto> Ingest::add(PersonId owner, const PhotoSource& source) try {
  if (auto refusal = refusal_before_reading(source)) return *refusal;
  return receive(owner, source);
} catch (const blobs::DiskFull&) {
  return no_room();
} catch (const db::DiskFull&) {
  return no_room();
} catch (const std::system_error& error) {
  if (means_full(error)) return no_room();
  throw;
}

std::optional<Refusal> Ingest::refusal_before_reading(const PhotoSource& source) const {
  const std::uint64_t announced = source.announced.value_or(0);
  if (announced > static_cast<std::uint64_t>(settings_.most_bytes)) return too_large(settings_.most_bytes);
  if (free_bytes(settings_.temporary) - static_cast<std::int64_t>(announced) < settings_.spare_bytes) {
    return no_room();
  }
  return std::nullopt;
}

Result<AddedPhoto> Ingest::receive(PersonId owner, const PhotoSource& source) {
  Upload upload(settings_.temporary);
  if (auto refusal = upload.receive(source, settings_.most_bytes)) return *refusal;
  const auto known = database_.read([&](db::Reader& reader) { return duplicate_of(reader, owner, upload); });
  if (known) return *known;
  auto taken = workers_.take(upload.file().get());
  if (taken.refused()) return taken.refusal();
  return keep(owner, upload, *taken);
}

std::optional<AddedPhoto> Ingest::duplicate_of(db::Reader& reader, PersonId owner,
                                               const Upload& upload) const {
  const auto known =
      photo_store::find_duplicate(reader, owner, digests_.duplicate_mark(owner, upload.digest()));
  if (!known) return std::nullopt;
  return AddedPhoto{known->id, hex(upload.digest()), known->extent, true};
}

Result<AddedPhoto> Ingest::keep(PersonId owner, const Upload& upload, const image::Taken& taken) {
  KeptBlobs kept(blobs_);
  const photo_store::NewPhoto photo{
      .id = PublicId::random(),
      .owner = owner,
      .original = kept.keep(upload.file()),
      .duplicate = digests_.duplicate_mark(owner, upload.digest()),
      .sealed_digest = digests_.seal(upload.digest()),
      .format = taken.format,
      .extent = {taken.width, taken.height},
      .uploaded = clock_.now(),
      .renditions = keep_renditions(kept, taken),
  };
  try {
    const AddedPhoto added = database_.write([&](db::Tx& tx) {
      // The same photo may have come a second time while this one was decoded.
      if (const auto known = duplicate_of(tx, owner, upload)) return *known;
      photo_store::insert(tx, photo);
      return AddedPhoto{photo.id, hex(upload.digest()), photo.extent};
    });
    if (!added.already) kept.release();
    return added;
  } catch (const db::Unreachable&) {
    // Whether the write counts is unknown: better files without a photo than a photo without its files.
    kept.release();
    throw;
  }
}

}  // namespace keepsake

#include "photo/ingest.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <future>
#include <limits>
#include <memory>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "base/log.h"
#include "jobs/job_store.h"
#include "photo/photo_store.h"
#include "photo/photos.h"
#include "photo/quotas.h"
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
  struct statvfs status{};
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

  void add(ByteView bytes) {
    writers_.push_back(store_.create());
    writers_.back()->write(bytes);
  }
  void add(const Descriptor& file) {
    writers_.push_back(store_.create());
    Bytes piece(piece_size);
    std::int64_t offset = 0;
    while (const std::size_t got = read_at(file, offset, piece)) {
      writers_.back()->write(ByteView(piece).first(got));
      offset += static_cast<std::int64_t>(got);
    }
  }

  // Makes all of them durable, in the order they were added. Side by side, since a file system writes its
  // journal once for all that wait.
  std::vector<blobs::BlobRef> keep() {
    std::vector<std::future<blobs::BlobRef>> pending;
    for (const auto& writer : writers_) {
      pending.push_back(std::async([&writer] { return writer->keep(); }));
    }
    std::vector<blobs::BlobRef> blobs;
    std::exception_ptr failure;
    for (auto& one : pending) try {
        blobs.push_back(one.get());
        names_.push_back(blobs.back().name);
      } catch (...) {
        failure = std::current_exception();
      }
    if (failure) std::rethrow_exception(failure);
    return blobs;
  }
  void release() { names_.clear(); }

 private:
  void remove(const PublicId& name) noexcept try { store_.remove(name); } catch (const std::exception&) {
    log_warning("blob left without a photo", {{"blob", name.text()}});
  }

  blobs::BlobStore& store_;
  std::vector<std::unique_ptr<blobs::BlobWriter>> writers_;
  std::vector<PublicId> names_;
};

// `blobs` are those of `taken`, in its order.
std::vector<photo_store::NewRendition> renditions_of(const image::Taken& taken,
                                                     std::span<const blobs::BlobRef> blobs) {
  std::vector<photo_store::NewRendition> renditions;
  for (std::size_t i = 0; i < taken.renditions.size(); ++i) {
    const image::Rendition& made = taken.renditions[i];
    renditions.push_back({made.edge, made.encoding, {made.width, made.height}, blobs[i]});
  }
  return renditions;
}

std::vector<PublicId> names_of(std::span<const blobs::BlobRef> blobs) {
  std::vector<PublicId> names;
  for (const blobs::BlobRef& blob : blobs) names.push_back(blob.name);
  return names;
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

// What is announced says how large the photo is before it comes, never how much its renditions will take.
std::optional<Refusal> Ingest::quota_fault(PersonId owner, const PhotoSource& source) const {
  const auto announced = static_cast<std::int64_t>(source.announced.value_or(1));
  return database_.read([&](db::Reader& reader) { return Quotas::fault(reader, owner, announced); });
}

Result<AddedPhoto> Ingest::receive(PersonId owner, const PhotoSource& source) {
  if (auto refusal = quota_fault(owner, source)) return *refusal;
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
  kept.add(upload.file());
  for (const image::Rendition& rendition : taken.renditions) kept.add(rendition.bytes);
  const std::vector<blobs::BlobRef> blobs = kept.keep();
  const photo_store::NewPhoto photo{
      .id = PublicId::random(),
      .owner = owner,
      .original = blobs.front(),
      .duplicate = digests_.duplicate_mark(owner, upload.digest()),
      .sealed_digest = digests_.seal(upload.digest()),
      .format = taken.format,
      .extent = {taken.width, taken.height},
      .uploaded = clock_.now(),
      .renditions = renditions_of(taken, std::span(blobs).subspan(1)),
  };
  try {
    const auto added = database_.write([&](db::Tx& tx) -> Result<AddedPhoto> {
      // The same photo may have come a second time while this one was decoded.
      if (const auto known = duplicate_of(tx, owner, upload)) return *known;
      if (auto refusal = Quotas::fault(tx, owner, photo_store::size_of(photo))) return std::move(*refusal);
      photo_store::insert(tx, photo);
      if (settings_.mirrored)
        jobs::enqueue(tx, photos::mirror_job, photos::name_list(names_of(blobs)), photo.uploaded);
      return AddedPhoto{photo.id, hex(upload.digest()), photo.extent};
    });
    if (!added.refused() && !added->already) kept.release();
    return added;
  } catch (const db::Unreachable&) {
    // Whether the write counts is unknown: better files without a photo than a photo without its files.
    kept.release();
    throw;
  }
}

}  // namespace keepsake

#include "photo/ingest.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "base/file.h"
#include "jobs/job_store.h"
#include "photo/arriving_file.h"
#include "photo/full_disk.h"
#include "photo/kept_blobs.h"
#include "photo/media.h"
#include "photo/photo_store.h"
#include "photo/photos.h"
#include "photo/quotas.h"

namespace keepsake {
namespace {

std::int64_t free_bytes(const std::filesystem::path& folder) {
  struct statvfs status{};
  if (::statvfs(folder.c_str(), &status) != 0) throw_errno("asking for free space");
  const auto free = static_cast<unsigned long long>(status.f_bavail) * status.f_frsize;
  return static_cast<std::int64_t>(
      std::min<unsigned long long>(free, std::numeric_limits<std::int64_t>::max()));
}

// What mirror_job is to follow.
std::vector<PublicId> names_of(const photo_store::NewPhoto& photo) {
  std::vector<PublicId> names{photo.original.name};
  for (const photo_store::NewRendition& rendition : photo.renditions) names.push_back(rendition.blob.name);
  return names;
}

std::optional<std::string_view> media_type_of(const Descriptor& file) {
  std::array<std::byte, media::prefix> start;
  return media::type_of(ByteView(start).first(read_at(file, 0, start)));
}

Refusal not_to_be_kept() {
  return {Refused::unsupported,
          "Photos, films, sounds and PDF files can be kept here. This file is none of them.", "photo"};
}

// Whether it is the file that cannot be shown, and not the house that cannot show it now.
bool cannot_be_shown(const Refusal& refusal) {
  return refusal.kind == Refused::unsupported || refusal.kind == Refused::invalid;
}

}  // namespace

Refusal no_room() {
  return {
      Refused::no_room,
      "There is no room for another photo here at the moment. Everything kept before is safe; whoever runs "
      "this place has to make room first.",
      "photo"};
}

Ingest::Ingest(db::Database& database, blobs::BlobStore& blobs, image::PhotoWorkers& workers,
               const PhotoDigests& digests, const Clock& clock, PhotoSettings settings)
    : database_(database),
      blobs_(blobs),
      workers_(workers),
      digests_(digests),
      clock_(clock),
      settings_(std::move(settings)) {}

Result<AddedPhoto> Ingest::add(PersonId owner, const PhotoSource& source, const Also& also, Asked asked) {
  const UnderWay::Hold hold(under_way_);
  return unless_disk_is_full([&]() -> Result<AddedPhoto> {
    if (auto refusal = fault_of_size(source.announced.value_or(0))) return *refusal;
    try {
      return receive(owner, source, also, asked);
    } catch (const NotTaken& not_taken) {
      return not_taken.refusal;
    }
  });
}

std::optional<Refusal> Ingest::fault_of_size(std::uint64_t bytes) const {
  if (bytes > static_cast<std::uint64_t>(settings_.most_bytes)) return too_large(settings_.most_bytes);
  if (free_bytes(settings_.temporary) - static_cast<std::int64_t>(bytes) < settings_.spare_bytes) {
    return no_room();
  }
  return std::nullopt;
}

// What is announced says how large the photo is before it comes, never how much its renditions will take.
std::optional<Refusal> Ingest::quota_fault(PersonId owner, const PhotoSource& source) const {
  const auto announced = static_cast<std::int64_t>(source.announced.value_or(1));
  return database_.read([&](db::Reader& reader) { return Quotas::fault(reader, owner, announced); });
}

Result<AddedPhoto> Ingest::receive(PersonId owner, const PhotoSource& source, const Also& also, Asked asked) {
  if (auto refusal = quota_fault(owner, source)) return *refusal;
  ArrivingFile arrived(settings_.temporary);
  if (auto refusal = arrived.receive(source, settings_.most_bytes)) return *refusal;
  photo_store::NewPhoto photo;
  photo.owner = owner;
  photo.name = media::clean_name(source.name);
  const auto known = database_.read([&](db::Reader& reader) { return duplicate_of(reader, owner, arrived); });
  if (known && asked == Asked::by_others) (void)workers_.take(arrived.file().get());
  if (known && also) database_.write([&](db::Tx& tx) { also(tx, *known); });
  if (known) return *known;
  auto taken = workers_.take(arrived.file().get());
  if (!taken.refused()) {
    photo.format = taken->format;
    photo.extent = {taken->width, taken->height};
    photo.placeholder = taken->placeholder;
    return keep(std::move(photo), arrived, taken->renditions, also);
  }
  if (!cannot_be_shown(taken.refusal())) return taken.refusal();
  const auto type = media_type_of(arrived.file());
  if (!type) return not_to_be_kept();
  photo.media_type = *type;
  return keep(std::move(photo), arrived, {}, also);
}

std::optional<AddedPhoto> Ingest::duplicate_of(db::Reader& reader, PersonId owner,
                                               const ArrivingFile& arrived) const {
  const auto known =
      photo_store::find_duplicate(reader, owner, digests_.duplicate_mark(owner, arrived.digest()));
  if (!known) return std::nullopt;
  return AddedPhoto{known->row, known->id, hex(arrived.digest()), known->extent, true};
}

Result<AddedPhoto> Ingest::keep(photo_store::NewPhoto photo, const ArrivingFile& arrived,
                                const std::vector<image::Rendition>& renditions, const Also& also) {
  KeptBlobs kept(blobs_);
  kept.add(arrived.file());
  for (const image::Rendition& rendition : renditions) kept.add(rendition.bytes);
  const std::vector<blobs::BlobRef> blobs = kept.keep();
  photo.id = PublicId::random();
  photo.original = blobs.front();
  photo.duplicate = digests_.duplicate_mark(photo.owner, arrived.digest());
  photo.sealed_digest = digests_.seal({arrived.digest(), arrived.crc32()});
  photo.uploaded = clock_.now();
  photo.renditions = with_blobs(renditions, std::span(blobs).subspan(1));
  try {
    const auto added = database_.write(
        [&](db::Tx& tx) -> Result<AddedPhoto> { return write_down(tx, photo, arrived, also); });
    if (!added.refused() && !added->already) kept.release();
    return added;
  } catch (const db::Unreachable&) {
    // Whether the write counts is unknown: better files without a photo than a photo without its files.
    kept.release();
    throw;
  }
}

Result<AddedPhoto> Ingest::write_down(db::Tx& tx, const photo_store::NewPhoto& photo,
                                      const ArrivingFile& arrived, const Also& also) {
  // The same photo may have come a second time while this one was decoded.
  auto added = duplicate_of(tx, photo.owner, arrived);
  if (!added) {
    if (auto refusal = Quotas::fault(tx, photo.owner, photo_store::size_of(photo)))
      return std::move(*refusal);
    added = AddedPhoto{photo_store::insert(tx, photo), photo.id, hex(arrived.digest()), photo.extent};
    if (settings_.mirrored)
      jobs::enqueue(tx, photos::mirror_job, photos::name_list(names_of(photo)), photo.uploaded);
  }
  if (also) also(tx, *added);
  return *added;
}

}  // namespace keepsake

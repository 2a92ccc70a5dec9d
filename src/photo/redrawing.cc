#include "photo/redrawing.h"

#include <utility>
#include <vector>

#include "base/log.h"
#include "jobs/job_store.h"
#include "photo/arriving_file.h"
#include "photo/full_disk.h"
#include "photo/kept_blobs.h"
#include "photo/photos.h"
#include "photo/quotas.h"

namespace keepsake {
namespace {

using look_store::Drawn;

// Whoever was let in to a rendition a moment ago may still be opening its file.
constexpr std::chrono::minutes grace_of_files(1);

Refusal no_such_photo() {
  return {Refused::not_found, "There is no such photo."};
}

Refusal not_that_way() {
  return {Refused::invalid, "A photo cannot be shown that way.", "look"};
}

PhotoSource source_of(blobs::BlobReader& blob) {
  return {[&blob, offset = std::int64_t{0}](std::span<std::byte> into) mutable {
    const std::size_t got = blob.read(offset, into);
    offset += static_cast<std::int64_t>(got);
    return got;
  }};
}

// The blobs of what was drawn, for as long as `write` has not said that their rows are written.
template <class Write>
bool keep_blobs(blobs::BlobStore& store, const image::Taken& taken, const Write& write) {
  KeptBlobs kept(store);
  for (const image::Rendition& rendition : taken.renditions) kept.add(rendition.bytes);
  const auto blobs = kept.keep();
  try {
    const bool written = write(with_blobs(taken.renditions, blobs));
    if (written) kept.release();
    return written;
  } catch (const db::Unreachable&) {
    // Whether the write counts is unknown: better files without a row than a row without its files.
    kept.release();
    throw;
  }
}

}  // namespace

Result<Done> Redrawing::change_look(PersonId owner, const PublicId& id, const Look& wished) {
  return unless_disk_is_full([&]() -> Result<Done> {
    const auto photo = use_.database.read([&](db::Reader& reader) { return own(reader, owner, id); });
    if (!photo) return no_such_photo();
    if (photo->extent.width == 0 || !image::fits(wished)) return not_that_way();
    const Look look = look_store::as_kept(wished);
    if (!image::fits(look)) return not_that_way();
    if (look == photo->look) return Done{};
    if (auto refusal = use_.ingest.fault_of_size(0)) return *std::move(refusal);
    const UnderWay::Hold hold(use_.ingest.under_way());
    const auto taken = draw(*photo, look, false);
    if (taken.refused()) return taken.refusal();
    return replace(*photo, look, *taken);
  });
}

// Not while a sealed album holds it.
std::optional<Drawn> Redrawing::own(db::Reader& reader, PersonId owner, const PublicId& id) const {
  const auto row = photo_store::find(reader, owner, id);
  if (!row || photo_store::held_by_sealed_album(reader, *row)) return std::nullopt;
  return look_store::find(reader, *row);
}

Result<image::Taken> Redrawing::draw(const Drawn& photo, const Look& look, bool avif) {
  const auto original = use_.blobs.open(photo.original);
  ArrivingFile file(use_.ingest.settings().temporary);
  if (auto refusal = file.receive(source_of(*original), photo.original.size)) return *std::move(refusal);
  const int descriptor = file.file().get();
  return avif ? use_.workers.take_avif(descriptor, look) : use_.workers.take(descriptor, look);
}

Result<Done> Redrawing::replace(const Drawn& photo, const Look& look, const image::Taken& taken) {
  const bool written = keep_blobs(use_.blobs, taken, [&](std::vector<photo_store::NewRendition> renditions) {
    const look_store::Redrawn redrawn{
        look, {taken.width, taken.height}, taken.placeholder, std::move(renditions)};
    return use_.database.write([&](db::Tx& tx) { return write_down(tx, photo, redrawn); });
  });
  if (!written) return no_such_photo();
  return Done{};
}

// False if the photo went, or was sealed away, while it was drawn. Of two looks the later one is in place.
bool Redrawing::write_down(db::Tx& tx, const Drawn& photo, const look_store::Redrawn& redrawn) {
  if (!own(tx, photo.owner, photo.id)) return false;
  use_.items.photo_changed(tx);
  // No plaintext outlives its key.
  tx.after_commit([this, names = look_store::replace(tx, photo, redrawn)] {
    for (const PublicId& name : names) use_.copies.forget(name);
  });
  jobs::enqueue(tx, photos::blob_removal_job, "", use_.clock.now() + grace_of_files);
  follow(tx, redrawn.renditions);
  return true;
}

void Redrawing::follow(db::Tx& tx, std::span<const photo_store::NewRendition> renditions) {
  if (!use_.ingest.settings().mirrored) return;
  std::vector<PublicId> names;
  for (const auto& rendition : renditions) names.push_back(rendition.blob.name);
  jobs::enqueue(tx, photos::mirror_job, photos::name_list(names), use_.clock.now());
}

void Redrawing::make_avif(std::chrono::milliseconds at_most,
                          const std::function<void(const PublicId&)>& made) {
  const auto end = std::chrono::steady_clock::now() + at_most;
  while (!use_.ingest.under_way().any() && std::chrono::steady_clock::now() < end) {
    if (use_.ingest.fault_of_size(0)) return;
    const auto photo =
        use_.database.read([](db::Reader& reader) { return look_store::next_without_avif(reader); });
    if (!photo || make_avif_of(*photo, made) == After::stop) return;
  }
}

Redrawing::After Redrawing::make_avif_of(const Drawn& photo,
                                         const std::function<void(const PublicId&)>& made) {
  const auto give_up = [&] {
    use_.database.write([&](db::Tx& tx) { write_avif(tx, photo, {}, {}); });
    return After::next;
  };
  try {
    const auto taken = draw(photo, photo.look, true);
    if (taken.refused() && taken.refusal().kind == Refused::unavailable) return After::stop;
    if (taken.refused()) return give_up();
    if (keep_avif(photo, *taken)) made(photo.id);
    return After::next;
  } catch (const blobs::DiskFull&) {
    return After::stop;
  } catch (const blobs::Missing&) {
    log_warning("original not there to be drawn", {{"photo", photo.id.text()}});
  } catch (const blobs::Damaged&) {
    log_warning("original too damaged to be drawn", {{"photo", photo.id.text()}});
  }
  return give_up();
}

bool Redrawing::keep_avif(const Drawn& photo, const image::Taken& taken) {
  return keep_blobs(use_.blobs, taken, [&](const std::vector<photo_store::NewRendition>& renditions) {
    return use_.database.write(
        [&](db::Tx& tx) { return write_avif(tx, photo, taken.placeholder, renditions); });
  });
}

// False if the photo went or looks otherwise by now, if another server was first, or if its owner has no room
// for more: then it does without.
bool Redrawing::write_avif(db::Tx& tx, const Drawn& photo, const Bytes& placeholder,
                           std::span<const photo_store::NewRendition> renditions) {
  const auto now = look_store::find(tx, photo.row);
  if (!now || now->avif || now->look != photo.look) return false;
  std::int64_t bytes = 0;
  for (const auto& rendition : renditions) bytes += rendition.blob.size;
  const bool room = !Quotas::fault(tx, photo.owner, bytes);
  if (!room) renditions = {};
  look_store::settle_avif(tx, photo, renditions, placeholder);
  if (renditions.empty()) return false;
  follow(tx, renditions);
  return true;
}

}  // namespace keepsake

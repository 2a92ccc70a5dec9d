#include "photo/photos.h"

#include <algorithm>
#include <limits>

#include "archive/crc32.h"
#include "audience/recent.h"
#include "base/day_text.h"
#include "base/text.h"
#include "jobs/job_store.h"
#include "photo/blob_row_store.h"
#include "photo/look_store.h"
#include "photo/media.h"
#include "photo/photo_store.h"
#include "photo/quota_store.h"
#include "photo/redrawing.h"

namespace keepsake {
namespace {

constexpr int most_in_page = 100;
constexpr int blobs_at_once = 100;
constexpr std::size_t most_files_kept = 4096;  // some 250 bytes each

std::string quoted(const std::string& text) {
  return '"' + text + '"';
}

// Says nothing of the blob's name, and differs for every file ever made.
std::string etag_of(const blobs::BlobRef& blob) {
  return quoted(hex(sha256(blob.name.bytes())).substr(0, 32));
}

std::string name_of(const photo_store::StoredOriginal& original) {
  if (!original.name.empty()) return original.name;
  return day_text(original.uploaded) + media::ending_of(original.media_type);
}

}  // namespace

// Which file a rendition is. It ends with the photo or with another look, and both raise the epoch.
struct Photos::Kept {
  struct Which {
    PublicId id;
    int edge = 0;
    Wish wish;
    bool operator==(const Which&) const = default;
  };
  struct WhichHash {
    std::size_t operator()(const Which& which) const noexcept {
      return std::hash<PublicId>()(which.id) ^
             static_cast<std::size_t>(which.edge * 8 + static_cast<int>(which.wish.usual) * 2 +
                                      which.wish.avif);
    }
  };
  struct Entry {
    PhotoId photo;
    PhotoFile file;
    std::optional<std::uint64_t> epoch;
  };
  Recent<Which, std::shared_ptr<const Entry>, WhichHash> files{most_files_kept};
  const std::shared_ptr<const Entry> none = std::make_shared<const Entry>();
};

Photos::~Photos() = default;

Photos::Photos(db::Database& database, Items& items, Decisions& decisions, blobs::BlobStore& blobs,
               blobs::PlainCopies& copies, image::PhotoWorkers& workers, const blobs::InstanceKey& key,
               const Clock& clock, PhotoSettings settings)
    : database_(database),
      items_(items),
      decisions_(decisions),
      blobs_(blobs),
      copies_(copies),
      clock_(clock),
      digests_(key),
      ingest_(database, blobs, workers, digests_, clock, std::move(settings)),
      redrawing_(std::make_unique<Redrawing>(
          Redrawing::Uses{database, items, blobs, copies, workers, ingest_, clock})),
      kept_(std::make_unique<Kept>()) {}

Result<AddedPhoto> Photos::add(const Viewer& viewer, const PhotoSource& source) {
  if (!viewer.person) return Refusal{Refused::sign_in, "Please sign in to add a photo."};
  // What somebody else had left in a sealed album, its owner has now sent themself: it is theirs to see.
  return ingest_.add(*viewer.person, source, [&](db::Tx& tx, const AddedPhoto& photo) {
    if (photo.already) items_.let_out(tx, photo.row);
  });
}

std::optional<PhotoFile> Photos::original(const Viewer& viewer, const PublicId& id) {
  const auto [file, decision] = database_.read([&](db::Reader& reader) {
    auto stored = photo_store::original(reader, id);
    auto decided = visibility::of_photo(reader, viewer, stored.photo, stored.owner);
    // A photo in a sealed album stays shut even if a story shows it: its original most of all.
    if (photo_store::held_by_sealed_album(reader, stored.photo)) decided.outcome = Outcome::hidden;
    return std::pair(std::move(stored), decided);
  });
  if (decision.outcome != Outcome::open || !viewer.is(file.owner)) return std::nullopt;
  return PhotoFile{file.blob, file.media_type, quoted(hex(digests_.open(file.sealed_digest).sha256)),
                   decision, file.name};
}

std::optional<PhotoFile> Photos::rendition(const Viewer& viewer, const PublicId& id, int edge, Wish wish) {
  const auto [file, decision] = database_.read([&](db::Reader& reader) {
    auto stored = photo_store::rendition(reader, id, edge, wish);
    const auto decided = decisions_.of_photo(reader, viewer, stored.photo, stored.owner);
    return std::pair(std::move(stored), decided);
  });
  if (decision.outcome != Outcome::open) return std::nullopt;
  PhotoFile found{file.blob, std::string(media_type(file.encoding)), etag_of(file.blob), decision};
  if (viewer.epoch)
    kept_->files.put({id, edge, wish},
                     std::make_shared<const Kept::Entry>(Kept::Entry{file.photo, found, viewer.epoch}));
  return found;
}

std::shared_ptr<const PhotoFile> Photos::known_rendition(const Viewer& viewer, const PublicId& id, int edge,
                                                         Wish wish) const {
  const auto found = kept_->files.find({id, edge, wish}).value_or(kept_->none);
  const auto decision = decisions_.known(viewer, found->photo);
  if (!decision || decision->outcome != Outcome::open) return nullptr;
  if (!found->epoch || found->epoch != viewer.epoch) return nullptr;
  return {found, &found->file};
}

std::unique_ptr<blobs::BlobReader> Photos::open(const PhotoFile& file) const {
  return blobs_.open(file.blob);
}

SharedFile Photos::plain_copy(const PhotoFile& file, bool asked) {
  if (!asked) return copies_.find(file.blob.name);
  auto found = copies_.find_or_make(file.blob);
  // Removed for good since it was found: then the copy came too late to be purged with it.
  if (found.made &&
      !database_.read([&](db::Reader& reader) { return blob_row_store::has(reader, file.blob.name); })) {
    copies_.forget(file.blob.name);
  }
  return std::move(found.file);
}

PhotoPage Photos::mine(const Viewer& viewer, const std::optional<PublicId>& after, int limit) {
  if (!viewer.person) return {};
  limit = std::clamp(limit, 1, most_in_page);
  auto found = database_.read([&](db::Reader& reader) {
    const auto last = after ? photo_store::find(reader, *viewer.person, *after) : std::nullopt;
    const PhotoId before = last.value_or(PhotoId{std::numeric_limits<std::int64_t>::max()});
    return photo_store::page(reader, *viewer.person, before, limit + 1);
  });
  PhotoPage page;
  const bool more = found.size() > static_cast<std::size_t>(limit);
  if (more) found.pop_back();
  page.photos = std::move(found);
  if (more) page.next = page.photos.back().id;
  return page;
}

std::optional<Photo> Photos::mine(const Viewer& viewer, const PublicId& id) {
  if (!viewer.person) return std::nullopt;
  return database_.read([&](db::Reader& reader) { return photo_store::by_id(reader, *viewer.person, id); });
}

std::vector<Photos::Original> Photos::originals(const Viewer& viewer, std::optional<ItemId> album, int part) {
  if (!viewer.person || part < 0 || part >= most_parts) return {};
  const auto stored = database_.read([&](db::Reader& reader) {
    return photo_store::originals(reader, *viewer.person, album, part * most_together, most_together);
  });
  std::vector<Original> originals;
  originals.reserve(stored.size());
  for (const auto& one : stored) {
    const auto crc = digests_.open(one.sealed_digest).crc32;
    originals.push_back(
        {one.id, name_of(one), one.size, one.uploaded, crc ? *crc : crc32_of(viewer, one.id)});
  }
  return originals;
}

// Of one that came before it was kept.
std::uint32_t Photos::crc32_of(const Viewer& viewer, const PublicId& id) {
  const auto file = original(viewer, id);
  if (!file) return 0;
  const auto blob = open(*file);
  archive::Crc32 crc;
  Bytes piece(1 << 16);
  std::int64_t place = 0;
  while (const std::size_t got = blob->read(place, piece)) {
    crc.add(ByteView(piece).first(got));
    place += static_cast<std::int64_t>(got);
  }
  return crc.value();
}

int Photos::parts_of_originals(const Viewer& viewer) {
  if (!viewer.person) return 0;
  // Counting costs more the more there are; that all of them fit into one part is known without.
  const auto count = database_.read([&](db::Reader& reader) {
    const std::int64_t all = quota_store::kept(reader, *viewer.person).photos;
    return all <= most_together ? std::min<std::int64_t>(all, 1) : photo_store::count(reader, *viewer.person);
  });
  return static_cast<int>(std::min<std::int64_t>((count + most_together - 1) / most_together, most_parts));
}

bool Photos::owns(const Viewer& viewer, const PublicId& id) {
  return viewer.person && database_.read([&](db::Reader& reader) {
    return photo_store::find(reader, *viewer.person, id).has_value();
  });
}

Look Photos::look_of(const Photo& photo) {
  return database_.read([&](db::Reader& reader) { return look_store::look_of(reader, photo.row); });
}

Result<Done> Photos::change_look(const Viewer& viewer, const PublicId& id, const Look& look) {
  if (!viewer.person) return Refusal{Refused::sign_in, "Please sign in first."};
  return redrawing_->change_look(*viewer.person, id, look);
}

void Photos::make_avif(std::chrono::milliseconds at_most) {
  redrawing_->make_avif(at_most, [this](const PublicId& id) { forget_found(id); });
}

// What was found before the photo had renditions as AVIF is found again, and then those. Other servers keep
// what they found until the epoch is raised: it holds all the same.
void Photos::forget_found(const PublicId& id) {
  for (const int edge : rendition_edges) {
    for (const auto usual : {Encoding::webp, Encoding::jpeg})
      kept_->files.put({id, edge, {usual, true}}, kept_->none);
  }
}

Result<Done> Photos::remove(const Viewer& viewer, const PublicId& id) {
  if (!viewer.person) return Refusal{Refused::sign_in, "Please sign in first."};
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto photo = photo_store::find(tx, *viewer.person, id);
    if (!photo) return Refusal{Refused::not_found, "There is no such photo."};
    if (photo_store::held_by_story(tx, *photo)) {
      return Refusal{
          Refused::conflict,
          "One of your stories holds this photo. Take it out of the story first, then it can be removed."};
    }
    forget(tx, {&*photo, 1});
    return Done{};
  });
}

void Photos::forget_all_of(db::Tx& tx, PersonId owner) {
  const auto photos = photo_store::all_of(tx, owner);
  if (!photos.empty()) forget(tx, photos);
}

void Photos::forget(db::Tx& tx, std::span<const PhotoId> photos) {
  items_.forget_photos(tx, photos);
  // No plaintext outlives its key.
  tx.after_commit([this, names = photo_store::remove(tx, photos)] {
    for (const PublicId& name : names) copies_.forget(name);
  });
  jobs::enqueue(tx, photos::blob_removal_job, "", clock_.now());
}

namespace photos {

std::vector<Photo> by_ids(db::Reader& reader, PersonId owner, std::span<const PublicId> ids) {
  return photo_store::by_ids(reader, owner, ids);
}

std::vector<Photo> by_rows(db::Reader& reader, std::span<const PhotoId> rows) {
  return photo_store::by_rows(reader, rows);
}

void remove_forgotten_blobs(db::Database& database, blobs::BlobStore& blobs, blobs::PlainCopies& copies,
                            const Removed& removed) {
  for (;;) {
    const auto forgotten =
        database.read([](db::Reader& reader) { return blob_row_store::forgotten(reader, blobs_at_once); });
    if (forgotten.empty()) return;
    std::vector<PublicId> names;
    for (const auto& blob : forgotten) {
      copies.forget(blob.name);
      blobs.remove(blob.name);
      names.push_back(blob.name);
    }
    database.write([&](db::Tx& tx) {
      blob_row_store::are_removed(tx, forgotten);
      if (removed) removed(tx, names);
    });
  }
}

std::string name_list(std::span<const PublicId> names) {
  std::string list;
  for (const PublicId& name : names) list.append(list.empty() ? "" : " ").append(name.text());
  return list;
}

std::vector<PublicId> names_in(std::string_view list) {
  std::vector<PublicId> names;
  for (const std::string_view word : split(list, ' ')) {
    if (const auto name = PublicId::parse(word)) names.push_back(*name);
  }
  return names;
}

}  // namespace photos
}  // namespace keepsake

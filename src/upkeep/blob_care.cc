#include "upkeep/blob_care.h"

#include <sys/stat.h>

#include <system_error>

#include "blobs/blob_format.h"

namespace keepsake {
namespace {

using blobs::BlobState;

// `otherwise` where the disk of the mirror fails.
template <class Act, class T>
T unless_it_fails(Act act, T otherwise) try {
  return act();
} catch (const std::system_error&) {
  return otherwise;
} catch (const blobs::DiskFull&) {
  return otherwise;
} catch (const blobs::Damaged&) {
  return otherwise;
}

bool is_whole_file(const blobs::BlobStore& store, const blobs::BlobRef& blob) try {
  const Descriptor file = store.file(blob.name);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) throw_errno("looking at a blob");
  return S_ISREG(status.st_mode) && status.st_size == blobs::file_size(blob.size);
} catch (const blobs::Missing&) {
  return false;
} catch (const blobs::Damaged&) {
  return false;
}

}  // namespace

// What the plain bytes must be, if the database still knows.
struct BlobCare::Content {
  std::optional<Digest> digest;
  bool known = true;
};

BlobCare::BlobCare(db::Database& database, blobs::BlobStore& blobs, const PhotoDigests& digests,
                   blobs::Pace pace)
    : database_(database), blobs_(blobs), digests_(digests), pace_(std::move(pace)), check_(pace_) {}

BlobCare::Content BlobCare::content_of(const KeptBlob& kept) const try {
  if (!kept.part || kept.part->sealed_digest.empty()) return {};
  return {.digest = digests_.open(kept.part->sealed_digest).sha256, .known = true};
} catch (const blobs::Damaged&) {
  return {.digest = std::nullopt, .known = false};
}

BlobState BlobCare::state_here(const KeptBlob& kept, const Content& content) {
  const BlobState state = check_.state(blobs_, kept.blob, content.digest);
  return state == BlobState::sound && !content.known ? BlobState::damaged : state;
}

bool BlobCare::is_kept(const KeptBlob& kept) {
  return database_.read([&](db::Reader& reader) { return kept_blob_store::is_kept(reader, kept); });
}

Looked BlobCare::look_at(const KeptBlob& kept, blobs::BlobStore* mirror) {
  const Content content = content_of(kept);
  Looked looked{.state = state_here(kept, content)};
  if (looked.state == BlobState::sound) {
    if (mirror) looked.mirrored = keep_mirrored(kept, *mirror);
    return looked;
  }
  if (!is_kept(kept)) return {.gone = true};
  if (mirror) {
    looked.repaired = content.known && repair(kept, content, *mirror);
    if (looked.repaired) looked.mirrored = Mirrored::same;
    if (!is_kept(kept)) return {.gone = true};
  }
  return looked;
}

// From the mirror's copy, if that is what was kept: looked at before it is taken, and after.
bool BlobCare::repair(const KeptBlob& kept, const Content& content, blobs::BlobStore& mirror) {
  return unless_it_fails(
      [&] {
        if (check_.state(mirror, kept.blob, content.digest) != BlobState::sound) return false;
        blobs_.replace(kept.blob.name, mirror.file(kept.blob.name));
        if (!is_kept(kept)) blobs_.remove(kept.blob.name);
        return check_.state(blobs_, kept.blob, content.digest) == BlobState::sound;
      },
      false);
}

// That every chunk opens under the blob's own key proves the same bytes.
Mirrored BlobCare::keep_mirrored(const KeptBlob& kept, blobs::BlobStore& mirror) {
  const auto keep = [&] {
    switch (check_.state(mirror, kept.blob)) {
      case BlobState::sound:
        return Mirrored::same;
      case BlobState::missing:
        return copy(kept, mirror, Mirrored::copied);
      case BlobState::damaged:
        return copy(kept, mirror, Mirrored::mended);
    }
    return Mirrored::failed;
  };
  return unless_it_fails(keep, Mirrored::failed);
}

Mirrored BlobCare::copy(const KeptBlob& kept, blobs::BlobStore& mirror, Mirrored done) try {
  if (pace_) pace_(kept.blob.size);
  mirror.replace(kept.blob.name, blobs_.file(kept.blob.name));
  if (is_kept(kept)) return done;
  mirror.remove(kept.blob.name);
  return Mirrored::same;
} catch (const blobs::Missing&) {
  return Mirrored::same;  // removed meanwhile
}

Mirrored BlobCare::copy_if_missing(const KeptBlob& kept, blobs::BlobStore& mirror) {
  const auto keep = [&] {
    if (is_whole_file(mirror, kept.blob)) return Mirrored::same;
    const Content content = content_of(kept);
    if (state_here(kept, content) != BlobState::sound) return Mirrored::failed;
    return copy(kept, mirror, Mirrored::copied);
  };
  return unless_it_fails(keep, Mirrored::failed);
}

}  // namespace keepsake

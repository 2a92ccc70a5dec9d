#include "photo/uploads.h"

#include <algorithm>
#include <array>
#include <exception>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/text.h"
#include "jobs/job_store.h"
#include "photo/full_disk.h"
#include "photo/photos.h"
#include "photo/quotas.h"

namespace keepsake {
namespace {

using upload_store::Stored;

// So much of a piece at most is lost when the program is killed while it arrives.
constexpr std::int64_t part_size = 4 << 20;
constexpr std::size_t read_size = 64 * 1024;
constexpr int swept_at_once = 100;
constexpr std::chrono::minutes left_alone{2};  // after that nobody is taking it in any more

Refusal not_found() {
  return {Refused::not_found, "There is no such upload."};
}

Refusal elsewhere() {
  return {Refused::conflict, "This piece does not begin where the others end."};
}

Upload seen(const Stored& upload) {
  return {upload.id,    upload.size,    upload.arrived, upload.expires,
          upload.photo, upload.refusal, upload.sender};
}

bool may_pass(const Refusal& refusal) {
  return refusal.kind == Refused::no_room || refusal.kind == Refused::unavailable ||
         refusal.kind == Refused::too_many;
}

// The pieces of an upload, one behind the other.
class Whole {
 public:
  Whole(const blobs::BlobStore& store, std::vector<blobs::BlobRef> parts)
      : store_(store), parts_(std::move(parts)) {}

  std::int64_t size() const {
    std::int64_t size = 0;
    for (const blobs::BlobRef& part : parts_) size += part.size;
    return size;
  }

  std::size_t read(std::span<std::byte> into) {
    while (next_ < parts_.size() || reader_) {
      if (!reader_) {
        reader_ = store_.open(parts_[next_++]);
        place_ = 0;
      }
      const std::size_t got = reader_->read(place_, into);
      if (got > 0) {
        place_ += static_cast<std::int64_t>(got);
        return got;
      }
      reader_.reset();
    }
    return 0;
  }

 private:
  const blobs::BlobStore& store_;
  const std::vector<blobs::BlobRef> parts_;
  std::size_t next_ = 0;
  std::unique_ptr<blobs::BlobReader> reader_;
  std::int64_t place_ = 0;
};

}  // namespace

// What arrives in one request, on its way into blobs.
class Uploads::Pieces {
 public:
  Pieces(Uploads& uploads, const Stored& upload, const std::optional<Checksum>& checksum)
      : uploads_(uploads),
        upload_(upload),
        checksum_(checksum),
        most_(checksum ? std::numeric_limits<std::int64_t>::max() : part_size),
        place_(upload.arrived) {
    if (checksum) hash_.emplace(checksum->algorithm);
  }

  std::optional<Refusal> receive(const PhotoSource& source) {
    Bytes bytes(read_size);
    for (;;) {
      const std::size_t got = next(source, bytes);
      if (got == 0) break;
      if (auto refusal = add(ByteView(bytes).first(got))) return refusal;
    }
    if (checksum_ && hash_->finish() != checksum_->value)
      return Refusal{Refused::corrupted, "What arrived is not what was sent. Please send it again.",
                     "checksum"};
    return keep_part();
  }

 private:
  std::size_t next(const PhotoSource& source, std::span<std::byte> into) {
    try {
      return source.read(into);
    } catch (...) {
      // The network is gone; what it brought is not, unless a checksum was still to prove it.
      if (!checksum_) keep_part();
      throw;
    }
  }

  std::optional<Refusal> add(ByteView bytes) {
    if (hash_) hash_->add(bytes);
    while (!bytes.empty()) {
      const auto room = static_cast<std::size_t>(std::min<std::int64_t>(most_ - held_, read_size));
      const ByteView now = bytes.first(std::min(bytes.size(), room));
      if (place_ + held_ + static_cast<std::int64_t>(now.size()) > upload_.size)
        return Refusal{Refused::too_large, "More arrived than was announced."};
      if (!writer_) writer_ = uploads_.blobs_.create();
      writer_->write(now);
      held_ += static_cast<std::int64_t>(now.size());
      bytes = bytes.subspan(now.size());
      if (held_ < most_) continue;
      if (auto refusal = keep_part()) return refusal;
    }
    return std::nullopt;
  }

  // Makes durable what is held, and has it count.
  std::optional<Refusal> keep_part() {
    if (!writer_) return std::nullopt;
    const blobs::BlobRef blob = std::exchange(writer_, nullptr)->keep();
    const auto expires = uploads_.clock_.now() + kept_for;
    try {
      const bool counts = uploads_.database_.write(
          [&](db::Tx& tx) { return upload_store::add_part(tx, upload_.row, place_, blob, expires); });
      if (!counts) {
        uploads_.blobs_.remove(blob.name);
        return elsewhere();
      }
    } catch (const db::Unreachable&) {
      throw;  // whether it counts is unknown: better a file without a row than a row without its file
    } catch (...) {
      uploads_.blobs_.remove(blob.name);
      throw;
    }
    place_ += std::exchange(held_, 0);
    return std::nullopt;
  }

  Uploads& uploads_;
  const Stored& upload_;
  const std::optional<Checksum>& checksum_;
  const std::int64_t most_;  // of one part
  std::int64_t place_;       // of the part that is being written
  std::int64_t held_ = 0;    // of it
  std::unique_ptr<blobs::BlobWriter> writer_;
  std::optional<RunningHash> hash_;
};

Result<Upload> Uploads::begin(const Sender& sender, std::int64_t size, std::string_view name,
                              std::optional<ItemId> album) {
  if (size <= 0)
    return Refusal{Refused::invalid, "Nothing arrived. Please choose a photo and try again.", "photo"};
  if (auto fault = ingest_.fault_of_size(static_cast<std::uint64_t>(size))) return std::move(*fault);
  Stored upload{.id = PublicId::random(),
                .sender = sender,
                .album = album,
                .name = std::string(cut_at(name, 1000)),
                .size = size,
                .expires = clock_.now() + kept_for};
  return database_.write([&](db::Tx& tx) -> Result<Upload> {
    const auto open = upload_store::open_of(tx, sender);
    if (open.count >= most_at_once)
      return Refusal{Refused::too_many,
                     "Too many photos are on their way already. Please let some arrive first."};
    if (auto fault = Quotas::fault(tx, sender.person, open.bytes + size)) return std::move(*fault);
    upload_store::insert(tx, upload);
    return seen(upload);
  });
}

std::optional<Upload> Uploads::find(const Sender& sender, const PublicId& id) {
  const auto upload = stored(sender, id);
  return upload ? std::optional(seen(*upload)) : std::nullopt;
}

std::optional<Stored> Uploads::stored(const Sender& sender, const PublicId& id) {
  return database_.read([&](db::Reader& reader) { return upload_store::find(reader, sender, id); });
}

Result<Upload> Uploads::append(const Sender& sender, const PublicId& id, std::int64_t place,
                               const PhotoSource& source, const std::optional<Checksum>& checksum) {
  const auto upload = stored(sender, id);
  if (!upload) return not_found();
  if (place != upload->arrived) return elsewhere();
  if (upload->settled()) return seen(*upload);
  const auto announced = static_cast<std::int64_t>(
      std::min<std::uint64_t>(source.announced.value_or(0), std::numeric_limits<std::int64_t>::max()));
  if (announced > upload->size - place)
    return Refusal{Refused::too_large, "More arrived than was announced."};
  if (auto fault = ingest_.fault_of_size(static_cast<std::uint64_t>(announced))) return std::move(*fault);
  return unless_disk_is_full([&]() -> Result<Upload> {
    if (auto refusal = Pieces(*this, *upload, checksum).receive(source)) return std::move(*refusal);
    const auto now = stored(sender, id);
    if (!now) return not_found();
    return now->whole() && !now->settled() ? take_in(*now) : seen(*now);
  });
}

Result<Upload> Uploads::take_in(const Stored& upload) {
  Whole whole(blobs_,
              database_.read([&](db::Reader& reader) { return upload_store::parts(reader, upload.row); }));
  if (whole.size() != upload.size) return seen(upload);  // somebody else has just done so
  const auto expires = clock_.now() + kept_for;
  const PhotoSource source{[&](std::span<std::byte> into) { return whole.read(into); },
                           static_cast<std::uint64_t>(upload.size), upload.name};
  const auto also = [&](db::Tx& tx, const AddedPhoto& photo) {
    forget_parts(tx, upload.row);
    upload_store::became(tx, upload.row, photo.id, expires);
    if (arriving_) arriving_(tx, upload, photo);
  };
  const auto asked = upload.sender.visit ? Ingest::Asked::by_others : Ingest::Asked::by_owner;
  const auto added = ingest_.add(upload.sender.person, source, also, asked);
  if (!added.refused()) {
    Upload outcome = seen(upload);
    outcome.photo = added->id;
    return outcome;
  }
  if (!may_pass(added.refusal())) {
    database_.write([&](db::Tx& tx) {
      forget_parts(tx, upload.row);
      upload_store::was_refused(tx, upload.row, added.refusal(), expires);
    });
  }
  return added.refusal();
}

Result<Done> Uploads::end(const Sender& sender, const PublicId& id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto upload = upload_store::find(tx, sender, id);
    if (!upload) return not_found();
    remove(tx, std::array{upload->row});
    return Done{};
  });
}

void Uploads::forget_parts(db::Tx& tx, UploadId upload) {
  upload_store::forget_parts(tx, upload);
  jobs::enqueue(tx, photos::blob_removal_job, "", clock_.now());
}

void Uploads::remove(db::Tx& tx, std::span<const UploadId> uploads) {
  for (const UploadId upload : uploads) {
    upload_store::forget_parts(tx, upload);
    upload_store::remove(tx, upload);
  }
  if (!uploads.empty()) jobs::enqueue(tx, photos::blob_removal_job, "", clock_.now());
}

// Whether it is worth while to go on with others.
bool Uploads::take_in_late(const Stored& upload) {
  try {
    const auto taken = take_in(upload);
    return !taken.refused() || !may_pass(taken.refusal());
  } catch (const blobs::Missing&) {
    log_error("a piece of an upload is missing", {{"upload", upload.id.text()}});
  } catch (const blobs::Damaged&) {
    log_error("a piece of an upload is damaged", {{"upload", upload.id.text()}});
  }
  return true;
}

void Uploads::sweep() {
  const auto now = clock_.now();
  const auto whole = database_.read([&](db::Reader& reader) {
    return upload_store::unsettled(reader, now + kept_for - left_alone, swept_at_once);
  });
  for (const Stored& upload : whole)
    if (!take_in_late(upload)) break;
  const auto expired =
      database_.read([&](db::Reader& reader) { return upload_store::expired(reader, now, swept_at_once); });
  if (!expired.empty()) database_.write([&](db::Tx& tx) { remove(tx, expired); });
}

void Uploads::forget_all_of(db::Tx& tx, PersonId person) {
  remove(tx, upload_store::all_of(tx, person));
}

}  // namespace keepsake

#pragma once
// The mirror: a second copy of every blob's file, bit for bit, in a directory that is best on another disk.
// The files are encrypted, so it needs no keys and holds none.
//
// The directory carries a mark. A disk that is not there leaves an empty directory behind, where it would
// have been: without the mark that one is never filled.
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "jobs/job_store.h"

namespace keepsake {

enum class MirrorState {
  none = 0,      // no mirror is wanted
  ready = 1,     // there, and ours
  absent = 2,    // there is no such directory, or it cannot be read or written
  unmarked = 3,  // it was the mirror before and lost its mark: most likely the disk is not there
  foreign = 4,   // it holds other things, or is another Keepsake's
};

// "none", "ready", "absent", "unmarked", "foreign"
std::string_view name_of(MirrorState state);

// Thread-safe.
class Mirror {
 public:
  // The database outlives this. `directory` is absolute, or empty where no mirror is wanted.
  Mirror(db::Database& database, const blobs::InstanceKey& key, std::filesystem::path directory);

  bool wanted() const { return !directory_.empty(); }
  // As the last open() found it; none before that.
  MirrorState state() const { return state_; }

  // The mirror's files, if it is ready; otherwise null, and state() says why. A directory that is empty and
  // was not the mirror before becomes it now, durably. Not to be held for long: until it is closed nobody can
  // take the disk away.
  std::unique_ptr<blobs::BlobStore> open();
  // The next open() makes an empty directory the mirror although it was before: the disk is a new one.
  void begin_anew();

 private:
  MirrorState look();
  MirrorState look_without_mark();
  std::optional<std::string> place_known();
  void keep_place();

  db::Database& database_;
  const blobs::InstanceKey key_;
  const std::filesystem::path directory_;
  std::atomic<MirrorState> state_ = MirrorState::none;
};

namespace mirror {

struct Away : std::runtime_error {
  using runtime_error::runtime_error;
};

// The job kind that takes removed blobs out of the mirror; its payload as that of photos::mirror_job.
inline constexpr std::string_view removal_job = "mirror-removal";
// To be given to photos::remove_forgotten_blobs where a mirror is wanted.
void follow_removal(db::Tx& tx, std::span<const PublicId> names, Time now);

// The work of photos::mirror_job: copies what the mirror lacks of these blobs. Throws Away, and what the disk
// throws, to be tried again; gives up in the end, since every verification copies what is missing.
void copy(Mirror& mirror, db::Database& database, const blobs::BlobStore& blobs, const jobs::Job& job);
// The work of removal_job, in the same way: what it gives up is an orphan to the next verification.
void remove(Mirror& mirror, const jobs::Job& job);

}  // namespace mirror
}  // namespace keepsake

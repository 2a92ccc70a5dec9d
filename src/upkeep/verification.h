#pragma once
// Verifying: whether everything that the database names is there, whole, and what was kept; and mending what
// is not, as far as the mirror can.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/clock.h"
#include "blobs/blob_check.h"
#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "photo/kept_blob_store.h"
#include "photo/photo_digests.h"
#include "upkeep/blob_care.h"
#include "upkeep/mirror.h"

namespace keepsake {

struct VerifyCounts {
  std::int64_t files = 0;                               // looked at
  std::int64_t bytes = 0;                               // of them, before they were encrypted
  std::int64_t missing = 0, damaged = 0, repaired = 0;  // as found; those of both that are whole again
  std::int64_t orphans = 0, removed = 0;                // here and in the mirror; those of them removed
  std::int64_t copied = 0, mended = 0;                  // in the mirror: what was missing, what was damaged
  std::int64_t unmirrored = 0;                          // in the mirror: what could not be copied or mended
};

struct VerifyResult {
  Time begun = {}, ended = {};
  MirrorState mirror = MirrorState::none;
  VerifyCounts counts = {};

  // Everything is there and whole by now, and so is the mirror if one is wanted.
  bool sound() const;
};

// Something amiss. One in the mirror alone is told by counts.
struct Found {
  enum class What { missing, damaged, orphan } what;
  bool mended = false;  // repaired; of an orphan: removed
  PublicId blob;
  std::optional<PhotoPart> part;  // none of an orphan
  bool in_mirror = false;         // an orphan in the mirror
};

struct VerifyOptions {
  bool remove_orphans = false;
  int threads = 2;
  // Called by one thread at a time.
  std::function<void(const Found&)> found = {};
  std::function<void(const VerifyCounts&)> progress = {};  // after each file
};

// Thread-safe.
class Verification {
 public:
  // Between the end of one and the beginning of the server's next.
  static constexpr std::chrono::hours interval{7 * 24};
  // How often the server's round notes its place, and how long that keeps other servers from it.
  static constexpr std::chrono::seconds noted_each{30};
  static constexpr std::chrono::minutes lease{10};

  struct Uses {
    db::Database& database;
    blobs::BlobStore& blobs;
    const blobs::InstanceKey& key;
    Mirror& mirror;
    const Clock& clock;
  };
  explicit Verification(const Uses& uses);

  // Looks at everything now, beside a running server or without one, and writes the result down. What is
  // removed meanwhile is no fault.
  VerifyResult run(const VerifyOptions& options = {});

  // The server's round, one server at a time: goes on where the last was left, or begins one if the last
  // result is older than `interval`. On return it has come to its end, or nothing was to be done. What `pace`
  // throws ends it; its place is kept.
  void go_on(const blobs::Pace& pace);

  // Copies to the mirror what is missing there, without reading what is not; how many. What `pace` throws
  // ends it.
  std::int64_t fill_mirror(const blobs::Pace& pace);

  BlobSum kept() const;
  static std::optional<VerifyResult> last(db::Reader& reader);

 private:
  struct Going;
  std::optional<Going> take_round();
  void look_further(Going& going, const blobs::Pace& pace);
  void look_for_orphans(VerifyResult& sum, const VerifyOptions& options);
  void look_for_orphans_in(blobs::BlobStore& store, bool in_mirror, VerifyResult& sum,
                           const VerifyOptions& options);
  void note(Going& going, Time leased);
  void finish(VerifyResult& sum, bool is_round);

  db::Database& database_;
  blobs::BlobStore& blobs_;
  const PhotoDigests digests_;
  Mirror& mirror_;
  const Clock& clock_;
};

}  // namespace keepsake

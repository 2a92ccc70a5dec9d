#pragma once
// Photos are decoded by workers alone: this binary executed again with an empty environment, sealed by
// seccomp and resource limits, given one file descriptor in and handing memory back. A worker that misbehaves
// is replaced.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "image/look.h"

namespace keepsake::image {

// Kept by number: a new one comes last, here and in Encoding.
enum class Format { jpeg, png, webp, heic, avif, tiff, gif };
std::string_view media_type(Format format);

enum class Encoding : std::uint8_t { webp, jpeg, avif };

// One picture as readers get it: upright, sRGB, without any metadata.
struct Rendition {
  int edge =
      0;  // 320, 1024 or 2048: the longest side asked for; never larger than what is shown of the photo
  Encoding encoding = Encoding::webp;
  int width = 0, height = 0;
  Bytes bytes;
};

struct Taken {
  Format format;
  int width = 0, height = 0;          // of what is shown: upright, after its look
  std::vector<Rendition> renditions;  // 3 edges, each in every encoding asked for
  Bytes placeholder = {};             // a ThumbHash (image/thumbhash.h) of what is shown, 25 bytes at most
};

struct WorkerSettings {
  int workers = 2;
  std::chrono::seconds patience{60};       // for one photo
  std::int64_t most_pixels = 200'000'000;  // refused from the header alone
  // What is executed as a worker: this very binary, but for tests, which name the program of their own.
  std::filesystem::path program = "/proc/self/exe";
};

// Counted since the start.
struct WorkerStats {
  std::uint64_t taken = 0, refused = 0;  // photos
  std::uint64_t restarted = 0;           // workers that had to be replaced: died, stuck or untrustworthy
};

class PhotoWorkers {
 public:
  virtual ~PhotoWorkers() = default;
  // Decodes the file behind `descriptor` (read from its start; stays the caller's) and makes all renditions
  // as WebP and as JPEG, drawn with the look. Blocks until a worker is free. Refuses what is no photo,
  // damaged, cut short or too large, with a sentence for the person who sent it, and a look that does not
  // fit; a worker that dies is a refusal of this photo and of no other. Throws std::system_error if the
  // descriptor is no regular file that can be read. Safe from any thread.
  virtual Result<Taken> take(int descriptor, const Look& look = {}) = 0;
  // The same for the renditions as AVIF alone, which cost several times as much: for a quiet hour. Refuses
  // besides where AVIF cannot be made.
  virtual Result<Taken> take_avif(int descriptor, const Look& look = {});
  virtual WorkerStats stats() const { return {}; }
};

// Returns at once; the workers get ready in the background. Its end ends the workers.
std::unique_ptr<PhotoWorkers> start_photo_workers(const WorkerSettings& settings);

// What `main` calls before anything else: if this process was started as a worker, serves until its parent is
// gone and returns an exit status; otherwise nothing.
std::optional<int> run_if_photo_worker(int argc, char** argv);

}  // namespace keepsake::image

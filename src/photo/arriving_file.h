#pragma once
// A photo's bytes while they arrive: in a file without a name, so that nothing of it outlives this object,
// nor the process.
#include <cstdint>
#include <filesystem>
#include <optional>

#include "archive/crc32.h"
#include "base/file.h"
#include "base/hash.h"
#include "photo/photos.h"

namespace keepsake {

// The refusal of a photo with more than `most` bytes.
Refusal too_large(std::int64_t most);

class ArrivingFile {
 public:
  // Makes the empty file in `folder`, which must be there.
  explicit ArrivingFile(const std::filesystem::path& folder);

  // Reads `source` to its end. Refuses more than `most` bytes (too_large), and nothing at all (invalid).
  std::optional<Refusal> receive(const PhotoSource& source, std::int64_t most);

  const Descriptor& file() const { return file_; }
  std::int64_t size() const { return size_; }
  const Digest& digest() const { return digest_; }  // SHA-256
  std::uint32_t crc32() const { return crc_.value(); }

 private:
  Descriptor file_;
  std::int64_t size_ = 0;
  Digest digest_{};
  archive::Crc32 crc_;
};

}  // namespace keepsake

#pragma once
// The instance key: 256 random bits in `DIR/keys/instance.key` (mode 0600), from which every other secret of
// the instance is derived. Without it no photo can be read; so it can be written down as 24 words.
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"

namespace keepsake::blobs {

class InstanceKey {
 public:
  // Reads the key, or makes one (durably) if `directory` holds none. Throws std::runtime_error, with a
  // sentence for the host, if the file is damaged, readable by others or not one's own.
  static InstanceKey open_or_create(const std::filesystem::path& directory);
  // The same, but nothing if `directory` holds none.
  static std::optional<InstanceKey> try_open(const std::filesystem::path& directory);
  // Puts this key, durably, where try_open() finds it. Throws std::runtime_error if a key is there already.
  void restore_to(const std::filesystem::path& directory) const;
  static InstanceKey from_bytes(ByteView bytes);  // 32 bytes

  // A key for one purpose ("blobs", "gate cookie", "duplicates"): HKDF-SHA-256 (RFC 5869) with purpose and
  // context as info. `purpose` holds no NUL.
  Digest derive(std::string_view purpose, ByteView context = {}) const;

  // Names the key without telling anything of it: 16 hexadecimal digits. A database written under one key can
  // keep this and notice another.
  std::string fingerprint() const;

  // The recovery phrase: 24 words of the BIP-0039 English list, its checksum in the last.
  std::vector<std::string> phrase() const;
  // The key behind a phrase (case and spaces forgiven), or nothing if a word or the checksum is wrong.
  static std::optional<InstanceKey> from_phrase(std::string_view words);

 private:
  explicit InstanceKey(const Digest& bytes) : bytes_(bytes) {}
  Digest bytes_;
};

}  // namespace keepsake::blobs

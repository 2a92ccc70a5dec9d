#pragma once
// Photos for tests: files in memory, and the corpus of real photos where this machine has it.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace keepsake::support {

// A file without a name that holds `content`; its place stands at the end.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : descriptor_(::memfd_create("photo", MFD_CLOEXEC)) {
    if (::write(descriptor_, content.data(), content.size()) != static_cast<ssize_t>(content.size()))
      std::abort();
  }
  explicit MemoryFile(ByteView content) : MemoryFile(as_text(content)) {}
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The folder `photos` of KEEPSAKE_CORPUS, or of shared/corpus beside the source tree.
inline std::optional<std::filesystem::path> photo_corpus() {
  const auto* named = std::getenv("KEEPSAKE_CORPUS");
  for (const std::filesystem::path root : {named ? named : "", "../shared/corpus", "../../shared/corpus"})
    if (!root.empty() && std::filesystem::is_directory(root / "photos")) return root / "photos";
  return std::nullopt;
}

}  // namespace keepsake::support

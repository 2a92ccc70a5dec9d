#include "base/embedded.h"

#include <cstdint>

namespace keepsake {
namespace {

struct Entry {
  const char* name;
  const char* content;
  std::uint64_t size;
};

}  // namespace

// Written by tools/embed; ends with an entry of zeros.
extern "C" const Entry keepsake_embedded_files[];

std::vector<EmbeddedFile> embedded_files(std::string_view directory) {
  std::vector<EmbeddedFile> files;
  for (const Entry* entry = keepsake_embedded_files; entry->name; ++entry) {
    if (std::string_view(entry->name).starts_with(directory)) {
      files.push_back({entry->name, {entry->content, entry->size}});
    }
  }
  return files;
}

std::optional<std::string_view> embedded_file(std::string_view name) {
  for (const Entry* entry = keepsake_embedded_files; entry->name; ++entry) {
    if (entry->name == name) return std::string_view(entry->content, entry->size);
  }
  return std::nullopt;
}

}  // namespace keepsake

#pragma once
// The files the binary carries: migrations/, templates/, words/, assets/.
#include <optional>
#include <string_view>
#include <vector>

namespace keepsake {

struct EmbeddedFile {
  std::string_view name;  // the path from the source root, "templates/pages/story.html"
  std::string_view content;
};

// Lives as long as the program. Files below `directory` ("templates/"), sorted by name.
std::vector<EmbeddedFile> embedded_files(std::string_view directory);
std::optional<std::string_view> embedded_file(std::string_view name);

}  // namespace keepsake

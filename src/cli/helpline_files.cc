#include "cli/helpline_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "cli/console.h"

namespace keepsake::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 64 << 20;

std::vector<HelplineFile> carried() {
  std::vector<HelplineFile> files;
  for (const EmbeddedFile& file : embedded_files("data/helplines/"))
    if (file.name.ends_with(".jsonl")) files.push_back({std::string(file.name), std::string(file.content)});
  return files;
}

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path))
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  if (files.empty()) throw Misuse("There is no file ending with .jsonl in " + path.string() + ".");
  std::ranges::sort(files);
  return files;
}

HelplineFile read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream || !fs::is_regular_file(path)) throw Misuse(path.string() + " cannot be read.");
  if (fs::file_size(path) > most_bytes) throw Misuse(path.string() + " is larger than 64 MiB.");
  return {path.string(), {std::istreambuf_iterator<char>(stream), {}}};
}

}  // namespace

std::vector<HelplineFile> helpline_files(const std::vector<fs::path>& paths) try {
  if (paths.empty()) return carried();
  std::vector<HelplineFile> files;
  for (const fs::path& path : paths)
    for (const fs::path& file : files_of(path)) files.push_back(read(file));
  return files;
} catch (const fs::filesystem_error& fault) {
  throw Misuse(fault.path1().string() + " cannot be read: " + fault.code().message() + ".");
}

}  // namespace keepsake::cli

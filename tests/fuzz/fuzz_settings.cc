// keepsake.toml: taken or refused with a sentence; and every setting, as it is shown, is taken as the same.
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/settings.h"
#include "fuzz/targets.h"

namespace keepsake::fuzz {
namespace {

// The file's path, with `text` in it.
std::string file_with(std::string_view text) {
  static const int file = ::memfd_create("keepsake.toml", MFD_CLOEXEC);
  must(::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) >= 0, "memory");
  return "/proc/self/fd/" + std::to_string(file);
}

void check_shown(const Settings& settings) {
  Settings again;
  for (const SettingRow& row : setting_rows()) {
    const std::string shown = row.show(settings);
    if (row.list || row.key == "database" || shown.empty()) continue;
    must(!row.take(again, shown), "what is shown can be taken");
    must(row.show(again) == shown, "and is the same");
  }
}

}  // namespace

void settings(ByteView input) {
  const std::vector<std::string> environment;
  try {
    const auto loaded = load_settings(file_with(as_text(input)), {{"data", "/tmp/keepsake"}}, environment);
    must(loaded.settings.data == "/tmp/keepsake", "a flag wins");
    check_shown(loaded.settings);
  } catch (const SettingError& error) {
    must(*error.what() != '\0', "a refusal has a sentence");
  }
}

}  // namespace keepsake::fuzz

#pragma once
// What the words on the command line mean.
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/settings.h"
#include "cli/console.h"

namespace keepsake::cli {

// A command with its options, to be run once the settings are known.
struct Chosen {
  std::optional<std::filesystem::path> config;
  SettingFlags flags;
  bool needs_settings = true;
  std::function<int(const LoadedSettings&, Console&)> act;
};

// The command in `words` (the program's name first), or an exit status when there is nothing to run: help was
// asked for and printed (0), or the words make no sense and that was said (2).
std::variant<Chosen, int> read_command_line(const std::vector<std::string>& words, Console& console);

}  // namespace keepsake::cli

#include "cli/run.h"

#include <unistd.h>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command_line.h"

extern char** environ;

namespace keepsake::cli {
namespace {

std::vector<std::string> process_environment() {
  std::vector<std::string> entries;
  for (char** entry = environ; entry && *entry; ++entry) entries.emplace_back(*entry);
  return entries;
}

int act(const Chosen& chosen, std::span<const std::string> environment, Console& console) {
  if (!chosen.needs_settings) return chosen.act({}, console);
  const LoadedSettings loaded = load_settings(chosen.config, chosen.flags, environment);
  set_log_level(loaded.settings.log_level);
  for (const std::string& warning : loaded.warnings) console.err << "keepsake: " << warning << '\n';
  return chosen.act(loaded, console);
}

int said(Console& console, const std::exception& problem, int status) {
  console.err << "keepsake: " << problem.what() << '\n';
  return status;
}

}  // namespace

int run(int argc, char** argv) {
  Console console{std::cin, std::cout, std::cerr, ::isatty(STDIN_FILENO) == 1, ::isatty(STDERR_FILENO) == 1};
  return run({argv, argv + argc}, process_environment(), console);
}

int run(const std::vector<std::string>& words, std::span<const std::string> environment, Console& console) {
  try {
    const auto read = read_command_line(words, console);
    if (const int* status = std::get_if<int>(&read)) return *status;
    const int status = act(std::get<Chosen>(read), environment, console);
    console.out.flush();
    return status == 0 && !console.out ? 1 : status;
  } catch (const SettingError& problem) {
    return said(console, problem, 2);
  } catch (const Misuse& problem) {
    return said(console, problem, 2);
  } catch (const std::exception& problem) {
    return said(console, problem, 1);
  }
}

}  // namespace keepsake::cli

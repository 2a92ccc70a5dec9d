#pragma once
#include <span>
#include <string>
#include <vector>

#include "cli/console.h"

namespace keepsake::cli {

// Runs the command that the words name. Returns 0 when it is done, 1 when it was refused or failed, 2 when
// the words make no sense; a sentence about it stands on standard error.
int run(int argc, char** argv);
// The same with `words` (the program's name first), the entries of an environment ("NAME=value") and a
// console of the caller's.
int run(const std::vector<std::string>& words, std::span<const std::string> environment, Console& console);

}  // namespace keepsake::cli

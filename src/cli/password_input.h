#pragma once
#include <string>

#include "cli/console.h"

namespace keepsake::cli {

// A new password: the first line of standard input if `from_stdin`, otherwise typed twice at a terminal
// without being shown. Never from the command line, where every process of the machine can read it. Throws
// Failure.
std::string read_new_password(Console& console, bool from_stdin);

}  // namespace keepsake::cli

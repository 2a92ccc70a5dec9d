#include <ostream>

#include "app/version.h"
#include "cli/commands.h"

namespace keepsake::cli {

int show_version(Console& console) {
  console.out << "keepsake " << app::version << '\n';
  return 0;
}

}  // namespace keepsake::cli

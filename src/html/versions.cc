#include "html/versions.h"

#include <cmark-gfm.h>

namespace keepsake::html {

std::vector<LibraryVersion> library_versions() {
  return {{"cmark-gfm", cmark_version_string()}};
}

}  // namespace keepsake::html

#include "html/versions.h"

#include <cmark-gfm.h>
#include <unicode/uversion.h>

namespace keepsake::html {

std::vector<LibraryVersion> library_versions() {
  UVersionInfo icu;
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(icu);
  u_versionToString(icu, text);
  return {{"cmark-gfm", cmark_version_string()}, {"ICU", text}};
}

}  // namespace keepsake::html

#include "app/versions.h"

#include "blobs/versions.h"
#include "db/versions.h"
#include "html/versions.h"
#include "http/versions.h"
#include "image/versions.h"

namespace keepsake::app {

std::vector<LibraryVersion> library_versions() {
  std::vector<LibraryVersion> all;
  for (const auto& part : {db::library_versions(), blobs::library_versions(), image::library_versions(),
                           html::library_versions(), http::library_versions()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace keepsake::app

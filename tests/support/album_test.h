#pragma once
// The ground of albums' tests: photos that are what begins with "photo", albums and drop links, and Mere.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "album/albums.h"
#include "album/drop_links.h"
#include "photo/uploads.h"
#include "support/audience_test.h"
#include "support/photos.h"

namespace keepsake::support {

class AlbumTest : public AudienceTest {
 protected:
  const TemporaryFolder folder_;
  std::unique_ptr<blobs::BlobStore> blobs_ =
      blobs::open_file_store(folder_ / "blobs", folder_ / "tmp", persons.key);
  FakeWorkers workers_;
  blobs::PlainCopies copies_{*blobs_, clock, 1 << 20};
  Photos photos_{database(),  audience.items, decisions,
                 *blobs_,     copies_,        workers_,
                 persons.key, clock,          {folder_ / "tmp", 32 << 20, 0}};
  Uploads uploads_{database(), *blobs_, photos_.ingest(), clock};
  Albums albums_{database(), audience.items, photos_, clock};
  DropLinks drops_{database(), audience.items, photos_, persons.passwords, audience.attempts, clock};

  static PhotoSource source(std::string text, std::string name = {}) {
    return {[text = std::move(text), at = std::size_t{0}](std::span<std::byte> into) mutable {
              const std::size_t count = std::min(into.size(), text.size() - at);
              std::copy_n(as_byte_view(text).begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
              at += count;
              return count;
            },
            {},
            std::move(name)};
  }
  PublicId photo(const std::string& text) { return photos_.add(as(ada), source("photo " + text))->id; }
  // What Ada's list shows, the newest first.
  std::vector<PublicId> list() { return ids(photos_.mine(as(ada), {}, 100).photos); }
  std::vector<PublicId> in(const PublicId& album) {
    return ids(albums_.photos(ada, *albums_.find(ada, album), {}, 100).photos);
  }
  static std::vector<PublicId> ids(const std::vector<Photo>& photos) {
    std::vector<PublicId> found;
    for (const Photo& each : photos) found.push_back(each.id);
    return found;
  }
  bool opens(const PublicId& photo) {
    return photos_.original(as(ada), photo).has_value() &&
           photos_.rendition(as(ada), photo, 320, Encoding::webp).has_value();
  }
};

}  // namespace keepsake::support

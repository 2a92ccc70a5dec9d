// Real photos through real workers, from the first byte to the renditions.
#include <gtest/gtest.h>

#include <iostream>

#include "photo/photos.h"
#include "support/databases.h"
#include "support/persons.h"
#include "support/photo_files.h"

namespace keepsake {
namespace {

class RealPhotos : public testing::TestWithParam<const char*> {
 protected:
  const support::FreshDatabase fresh_{db::Engine::sqlite};
  const std::unique_ptr<db::Database> database_ = fresh_.open();
  const blobs::InstanceKey key_ = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  const std::unique_ptr<blobs::BlobStore> blobs_ =
      blobs::open_file_store(fresh_.folder() / "blobs", fresh_.folder() / "tmp", key_);
  const std::unique_ptr<image::PhotoWorkers> workers_ =
      image::start_photo_workers({.workers = 1, .program = KEEPSAKE_PHOTO_WORKER});
  SystemClock clock_;
  ManualUptime uptime_;
  Epoch epoch_{*database_, uptime_};
  Items items_{epoch_};
  Decisions decisions_{*database_, epoch_, clock_};
  blobs::PlainCopies copies_{*blobs_, clock_, 0};
  Photos photos_{*database_, items_,  decisions_,
                 *blobs_,    copies_, *workers_,
                 key_,       clock_,  {fresh_.folder() / "tmp", 100 << 20, 0}};
  const Viewer mere_ = viewer();

  Viewer viewer() {
    Viewer viewer = anonymous_viewer(epoch_.current());
    viewer.person = support::Persons(*database_).add("mere");
    return viewer;
  }
  static PhotoSource source(const std::string& content) {
    return {[&content, at = std::size_t{0}](std::span<std::byte> into) mutable {
              const std::size_t count = std::min(into.size(), content.size() - at);
              std::copy_n(as_byte_view(content).begin() + static_cast<std::ptrdiff_t>(at), count,
                          into.begin());
              at += count;
              return count;
            },
            content.size()};
  }
  std::string read(const PhotoFile& file) const {
    Bytes bytes(static_cast<std::size_t>(file.blob.size));
    EXPECT_EQ(photos_.open(file)->read(0, bytes), bytes.size());
    return std::string(as_text(bytes));
  }
};

TEST_P(RealPhotos, ComeInWholeAndGoOutWithoutMetadata) {
  const auto corpus = support::photo_corpus();
  if (!corpus) GTEST_SKIP() << "no corpus of photos";
  const std::string content = support::content_of(*corpus / GetParam());
  const auto added = photos_.add(mere_, source(content));
  ASSERT_FALSE(added.refused()) << added.refusal().sentence;
  EXPECT_TRUE(read(*photos_.original(mere_, added->id)) == content);
  EXPECT_EQ(added->sha256, hex(sha256(content)));
  for (const int edge : rendition_edges) {
    for (const auto encoding : {Encoding::webp, Encoding::jpeg}) {
      const auto file = photos_.rendition(mere_, added->id, edge, encoding);
      ASSERT_TRUE(file);
      const std::string bytes = read(*file);
      EXPECT_TRUE(bytes.starts_with(encoding == Encoding::webp ? "RIFF" : "\xff\xd8"));
      for (const char* mark : {"Exif", "EXIF", "http://ns.adobe.com"}) {
        EXPECT_EQ(bytes.find(mark), std::string::npos) << mark;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus, RealPhotos,
                         testing::Values("DSCN0010.jpg", "portrait_5.jpg", "iphone_13_pro_max.HEIC"),
                         [](const auto& name) {
                           std::string text = name.param;
                           std::replace_if(
                               text.begin(), text.end(), [](char c) { return !std::isalnum(c); }, '_');
                           return text;
                         });

}  // namespace
}  // namespace keepsake

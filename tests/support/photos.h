#pragma once
// Photos with a store, workers that draw words in place of pictures, and two persons.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "photo/photos.h"
#include "support/databases.h"
#include "support/persons.h"
#include "support/temporary_folder.h"

namespace keepsake::support {

// What begins as a film does (ISO/IEC 14496-12), which no worker takes.
inline std::string some_film() {
  using namespace std::string_literals;
  return "\0\0\0\x18"s + "ftypisom\0\0\0\0 and so on"s;
}

// Takes everything that begins with "photo"; has no time while `busy`.
class FakeWorkers final : public image::PhotoWorkers {
 public:
  Result<image::Taken> take(int descriptor, const image::Look& look) override {
    ++taken;
    if (meanwhile) meanwhile();
    if (busy) return Refusal{Refused::unavailable, "Please try again later."};
    return drawn(descriptor, look, {Encoding::webp, Encoding::jpeg});
  }
  Result<image::Taken> take_avif(int descriptor, const image::Look& look) override {
    if (meanwhile) meanwhile();
    if (busy) return Refusal{Refused::unavailable, "Please try again later."};
    if (!makes_avif) return PhotoWorkers::take_avif(descriptor, look);
    return drawn(descriptor, look, {Encoding::avif});
  }
  static std::string bytes_of(int edge, Encoding encoding) {
    return "rendition " + std::to_string(edge) + " " + std::string(media_type(encoding));
  }
  // Of a photo with another look than the plain one.
  static std::string bytes_of(int edge, Encoding encoding, const image::Look& look) {
    std::string bytes = bytes_of(edge, encoding);
    if (look.quarter_turns != 0) bytes += " turned " + std::to_string(look.quarter_turns);
    if (look.straighten != 0) bytes += " straightened " + std::to_string(look.straighten);
    if (look.crop != image::Crop()) bytes += " cropped";
    return bytes + (look.black_and_white ? " without colours" : "");
  }

  std::atomic<int> taken = 0;
  std::function<void()> meanwhile;
  bool makes_avif = true, busy = false;

 private:
  static Result<image::Taken> drawn(int descriptor, const image::Look& look,
                                    std::initializer_list<Encoding> encodings) {
    const std::string content = content_of(descriptor);
    if (!content.starts_with("photo")) return Refusal{Refused::unsupported, "This is not a photo."};
    image::Taken made{image::Format::png, 4000, 3000, {}, to_bytes("blurred")};
    if (look.quarter_turns % 2 == 1) std::swap(made.width, made.height);
    for (const int edge : rendition_edges) {
      for (const auto encoding : encodings)
        made.renditions.push_back(
            {edge, encoding, edge, edge * 3 / 4, to_bytes(bytes_of(edge, encoding, look))});
    }
    return made;
  }
  static std::string content_of(int descriptor) {
    const Descriptor again(::dup(descriptor));
    Bytes bytes(16);
    bytes.resize(read_at(again, 0, bytes));
    return std::string(as_text(bytes));
  }
};

class PhotosTest : public StoreTest {
 protected:
  // `most_bytes` of one original.
  explicit PhotosTest(std::int64_t most_bytes = 1000) : most_bytes_(most_bytes) {}

  const std::int64_t most_bytes_;
  const TemporaryFolder folder_;
  const blobs::InstanceKey key_ = blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5}));
  std::unique_ptr<blobs::BlobStore> blobs_ = blobs::open_file_store(folder_ / "blobs", folder_ / "tmp", key_);
  FakeWorkers workers_;
  Persons persons_{database()};
  ManualClock clock_;
  ManualUptime uptime_;
  Epoch epoch_{database(), uptime_};
  Items items_{epoch_};
  Decisions decisions_{database(), epoch_, clock_};
  blobs::PlainCopies copies_{*blobs_, clock_, 1 << 20};
  Photos photos_ = with({folder_ / "tmp", most_bytes_, 0});
  const PersonId mere_ = persons_.add("mere"), tama_ = persons_.add("tama");

  Photos with(PhotoSettings settings) {
    return Photos(database(), items_, decisions_, *blobs_, copies_, workers_, key_, clock_,
                  std::move(settings));
  }
  Viewer viewer(PersonId person) const {
    Viewer viewer = anonymous_viewer(epoch_.current());
    viewer.person = person;
    viewer.keys = {Key::everyone(), Key::door(), Key::members(), Key::person(person)};
    std::sort(viewer.keys.begin(), viewer.keys.end());
    return viewer;
  }
  Viewer nobody() const { return anonymous_viewer(epoch_.current()); }

  // A source that gives `text` in pieces of 7 bytes.
  static PhotoSource source(std::string text) {
    return {[text, at = std::size_t{0}](std::span<std::byte> into) mutable {
      const std::size_t count = std::min({into.size(), text.size() - at, std::size_t{7}});
      std::copy_n(as_byte_view(text).begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
      at += count;
      return count;
    }};
  }
  AddedPhoto add(PersonId owner, const std::string& text) {
    return *photos_.add(viewer(owner), source(text));
  }
  std::string read(const PhotoFile& file) const {
    const auto reader = photos_.open(file);
    Bytes bytes(static_cast<std::size_t>(reader->size()));
    EXPECT_EQ(reader->read(0, bytes), bytes.size());
    return std::string(as_text(bytes));
  }
  PhotoId row(PersonId owner, const PublicId& id) {
    return database().read(
        [&](db::Reader& reader) { return photos::by_ids(reader, owner, {&id, 1}).at(0).row; });
  }
  // A published story of Mere's that holds the photo.
  ItemId story(const PublicId& photo, std::vector<Grant> grants) {
    return database().write([&](db::Tx& tx) {
      const ItemId item = items_.create(tx, ItemKind::story, mere_, clock_.now());
      items_.set_photos(tx, item, {photos::by_ids(tx, mere_, {&photo, 1}).at(0).row});
      items_.set_grants(tx, item, std::move(grants));
      items_.set_state(tx, item, ItemState::published, clock_.now());
      return item;
    });
  }
  std::ptrdiff_t blob_count() const {
    std::ptrdiff_t count = 0;
    blobs_->for_each([&](const PublicId&) { ++count; });
    return count;
  }
  std::int64_t rows(const std::string& table) {
    return database().read([&](db::Reader& reader) {
      return reader.one("SELECT count(*) FROM " + table, [](const db::Row& row) { return row.integer(0); });
    });
  }
  void expect_nothing_kept() {
    EXPECT_EQ(blob_count(), 0);
    EXPECT_EQ(rows("photo"), 0);
    EXPECT_EQ(rows("blob"), 0);
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "tmp"));
  }
};

}  // namespace keepsake::support

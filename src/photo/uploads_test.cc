#include "photo/uploads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "photo/quotas.h"
#include "support/photos.h"

namespace keepsake {
namespace {

struct Cut : std::runtime_error {
  using runtime_error::runtime_error;
};

class UploadsTest : public support::PhotosTest {
 protected:
  UploadsTest() : PhotosTest(32 << 20) {}
  Uploads uploads_{database(), *blobs_, photos_.ingest(), clock_};

  static Sender of(PersonId person) { return {person}; }
  // Gives `text`, then what a network that breaks gives, if it is to break.
  static PhotoSource source(std::string text, bool breaks = false) {
    return {[text = std::move(text), breaks, at = std::size_t{0}](std::span<std::byte> into) mutable {
      const std::size_t count = std::min({into.size(), text.size() - at, std::size_t{60'000}});
      if (count == 0 && breaks) throw Cut("the network is gone");
      std::copy_n(as_byte_view(text).begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
      at += count;
      return count;
    }};
  }
  PublicId begin(std::int64_t size, std::string_view name = "IMG_1.HEIC") {
    return uploads_.begin(of(mere_), size, name)->id;
  }
  std::string original(const PublicId& photo) {
    const auto file = photos_.original(viewer(mere_), photo);
    return file ? read(*file) : "none";
  }
  void forget_blobs() { photos::remove_forgotten_blobs(database(), *blobs_, copies_); }
};

TEST_P(UploadsTest, PiecesBecomeAPhotoWithTheLastOne) {
  const auto id = begin(20);
  EXPECT_EQ(uploads_.append(of(mere_), id, 0, source("photo of "))->arrived, 9);
  EXPECT_EQ(uploads_.append(of(mere_), id, 9, source("a "))->arrived, 11);
  EXPECT_FALSE(uploads_.find(of(mere_), id)->photo);
  const auto done = uploads_.append(of(mere_), id, 11, source("window hm"));
  ASSERT_TRUE(done->photo);
  EXPECT_EQ(original(*done->photo), "photo of a window hm");
  EXPECT_EQ(photos_.original(viewer(mere_), *done->photo)->name, "IMG_1.HEIC");
  EXPECT_EQ(uploads_.find(of(mere_), id)->photo, done->photo);
  forget_blobs();
  EXPECT_EQ(blob_count(), 7) << "the pieces are gone, original and renditions stay";
}

TEST_P(UploadsTest, WhatArrivedBeforeTheNetworkBrokeCounts) {
  const std::string text = "photo" + std::string(9'000'000, 'x');
  const auto id = begin(static_cast<std::int64_t>(text.size()));
  EXPECT_THROW((void)uploads_.append(of(mere_), id, 0, source(text.substr(0, 5'000'000), true)), Cut);
  const auto arrived = uploads_.find(of(mere_), id)->arrived;
  EXPECT_EQ(arrived, 5'000'000);
  const auto done = uploads_.append(of(mere_), id, arrived, source(text.substr(5'000'000)));
  ASSERT_TRUE(done->photo);
  EXPECT_EQ(original(*done->photo), text);
}

TEST_P(UploadsTest, APieceThatBeginsElsewhereChangesNothing) {
  const auto id = begin(20);
  ASSERT_FALSE(uploads_.append(of(mere_), id, 0, source("photo of ")).refused());
  for (const std::int64_t place : {0, 8, 10, 20, 21, -1}) {
    const auto refused = uploads_.append(of(mere_), id, place, source("a window"));
    ASSERT_TRUE(refused.refused());
    EXPECT_EQ(refused.refusal().kind, Refused::conflict);
  }
  EXPECT_EQ(uploads_.find(of(mere_), id)->arrived, 9);
}

TEST_P(UploadsTest, OfTwoWhoSendTheSamePieceOneCounts) {
  const auto id = begin(20);
  const PhotoSource late{[&, first = true](std::span<std::byte> into) mutable -> std::size_t {
    if (!std::exchange(first, false)) return 0;
    EXPECT_FALSE(uploads_.append(of(mere_), id, 0, source("photo of a window hm")).refused());
    std::copy_n(as_byte_view("other").begin(), 5, into.begin());
    return 5;
  }};
  const auto refused = uploads_.append(of(mere_), id, 0, late);
  ASSERT_TRUE(refused.refused());
  EXPECT_EQ(refused.refusal().kind, Refused::conflict);
  EXPECT_EQ(original(*uploads_.find(of(mere_), id)->photo), "photo of a window hm");
}

TEST_P(UploadsTest, APieceThatDiffersFromItsChecksumCountsForNothing) {
  const auto id = begin(20);
  const auto digest = sha256("photo of ");
  const Checksum right{HashAlgorithm::sha256, Bytes(digest.begin(), digest.end())};
  const auto refused = uploads_.append(of(mere_), id, 0, source("photo OF "), right);
  ASSERT_TRUE(refused.refused());
  EXPECT_EQ(refused.refusal().kind, Refused::corrupted);
  EXPECT_THROW((void)uploads_.append(of(mere_), id, 0, source("photo", true), right), Cut);
  EXPECT_EQ(uploads_.find(of(mere_), id)->arrived, 0);
  EXPECT_EQ(blob_count(), 0);
  EXPECT_EQ(uploads_.append(of(mere_), id, 0, source("photo of "), right)->arrived, 9);
}

TEST_P(UploadsTest, MoreThanWasAnnouncedIsRefusedAndWhatFitsCanStillCome) {
  const auto id = begin(9);
  const auto refused = uploads_.append(of(mere_), id, 0, source("photo of a"));
  ASSERT_TRUE(refused.refused());
  EXPECT_EQ(refused.refusal().kind, Refused::too_large);
  EXPECT_EQ(uploads_.find(of(mere_), id)->arrived, 0);
  EXPECT_TRUE(uploads_.append(of(mere_), id, 0, source("photo of "))->photo);
}

TEST_P(UploadsTest, AnUploadIsItsSendersAlone) {
  const auto id = begin(20);
  EXPECT_FALSE(uploads_.find(of(tama_), id));
  EXPECT_FALSE(uploads_.find({mere_, 1}, id)) << "what came by a link is apart from her own";
  EXPECT_EQ(uploads_.append(of(tama_), id, 0, source("photo")).refusal().kind, Refused::not_found);
  EXPECT_EQ(uploads_.end(of(tama_), id).refusal().kind, Refused::not_found);
  EXPECT_EQ(uploads_.find(of(mere_), id)->arrived, 0);
}

TEST_P(UploadsTest, WhatIsNoPhotoIsToldAndItsBytesAreGone) {
  const auto id = begin(5, "letter.jpg");
  const auto refused = uploads_.append(of(mere_), id, 0, source("Dear "));
  ASSERT_TRUE(refused.refused());
  EXPECT_EQ(refused.refusal().kind, Refused::unsupported);
  const auto later = uploads_.find(of(mere_), id);
  ASSERT_TRUE(later->refusal);
  EXPECT_EQ(later->refusal->sentence, refused.refusal().sentence);
  forget_blobs();
  EXPECT_EQ(blob_count(), 0);
}

TEST_P(UploadsTest, AFilmIsKeptAndCannotBeShownYet) {
  const std::string film = support::some_film();
  const auto id = begin(static_cast<std::int64_t>(film.size()), "first steps.mp4");
  const auto done = uploads_.append(of(mere_), id, 0, source(film));
  ASSERT_TRUE(done->photo);
  EXPECT_EQ(original(*done->photo), film);
  EXPECT_EQ(photos_.original(viewer(mere_), *done->photo)->media_type, "video/mp4");
  const auto mine = photos_.mine(viewer(mere_), {}, 10).photos;
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_FALSE(mine[0].shown());
  EXPECT_EQ(mine[0].name, "first steps.mp4");
  EXPECT_FALSE(photos_.rendition(viewer(mere_), *done->photo, 320, Encoding::webp));
}

TEST_P(UploadsTest, WhatArrivedWholeInAFullHouseIsTakenInLater) {
  workers_.busy = true;
  const auto id = begin(20);
  EXPECT_EQ(uploads_.append(of(mere_), id, 0, source("photo of a window hm")).refusal().kind,
            Refused::unavailable);
  EXPECT_EQ(uploads_.find(of(mere_), id)->arrived, 20);
  clock_.advance(std::chrono::minutes(3));
  uploads_.sweep();
  EXPECT_FALSE(uploads_.find(of(mere_), id)->photo);
  workers_.busy = false;
  uploads_.sweep();
  ASSERT_TRUE(uploads_.find(of(mere_), id)->photo);
  EXPECT_EQ(original(*uploads_.find(of(mere_), id)->photo), "photo of a window hm");
}

TEST_P(UploadsTest, OneWhosePieceIsGoneStandsInNobodysWay) {
  workers_.busy = true;
  const auto broken = begin(20), sound = begin(20);
  for (const auto& id : {broken, sound}) {
    ASSERT_TRUE(
        uploads_.append(of(mere_), id, 0, source("photo of a window " + id.text().substr(0, 2))).refused());
    if (id == broken) blobs_->for_each([&](const PublicId& name) { blobs_->remove(name); });
  }
  workers_.busy = false;
  clock_.advance(std::chrono::minutes(5));
  uploads_.sweep();
  EXPECT_FALSE(uploads_.find(of(mere_), broken)->photo);
  EXPECT_TRUE(uploads_.find(of(mere_), sound)->photo);
  clock_.advance(Uploads::kept_for);
  uploads_.sweep();
  EXPECT_FALSE(uploads_.find(of(mere_), broken)) << "it goes when its time is over";
}

TEST_P(UploadsTest, TheQuotaCountsWhatIsOnItsWay) {
  Quotas quotas(database());
  ASSERT_FALSE(quotas.set_standard(1000).refused());
  begin(900);
  EXPECT_EQ(uploads_.begin(of(mere_), 101, "").refusal().kind, Refused::no_room);
  EXPECT_FALSE(uploads_.begin(of(mere_), 100, "").refused());
  EXPECT_FALSE(uploads_.begin(of(tama_), 900, "").refused()) << "what others send does not matter";
  EXPECT_EQ(uploads_.begin(of(tama_), 0, "").refusal().kind, Refused::invalid);
  EXPECT_EQ(uploads_.begin(of(tama_), 1 << 30, "").refusal().kind, Refused::too_large);
}

TEST_P(UploadsTest, AnUploadThatIsGivenUpOrForgottenLeavesNothing) {
  const auto given_up = begin(20), forgotten = begin(20);
  for (const auto& id : {given_up, forgotten})
    ASSERT_FALSE(uploads_.append(of(mere_), id, 0, source("photo of ")).refused());
  ASSERT_FALSE(uploads_.end(of(mere_), given_up).refused());
  EXPECT_FALSE(uploads_.find(of(mere_), given_up));
  clock_.advance(Uploads::kept_for - std::chrono::hours(1));
  uploads_.sweep();
  EXPECT_TRUE(uploads_.find(of(mere_), forgotten));
  clock_.advance(std::chrono::hours(2));
  uploads_.sweep();
  EXPECT_FALSE(uploads_.find(of(mere_), forgotten));
  forget_blobs();
  EXPECT_EQ(blob_count(), 0);
}

KEEPSAKE_ON_BOTH_ENGINES(UploadsTest);

}  // namespace
}  // namespace keepsake

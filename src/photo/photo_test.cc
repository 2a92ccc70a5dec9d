#include "photo/photo.h"

#include <gtest/gtest.h>

#include "photo/photo_digests.h"

namespace keepsake {
namespace {

TEST(Photo, KeepsItsShapeAndIsNeverMadeLarger) {
  EXPECT_EQ(fit({4000, 3000}, 1024), (Extent{1024, 768}));
  EXPECT_EQ(fit({3000, 4000}, 320), (Extent{240, 320}));
  EXPECT_EQ(fit({640, 480}, 1024), (Extent{640, 480}));
  EXPECT_EQ(fit({20'000, 3}, 320), (Extent{320, 1}));
  EXPECT_EQ(fit({4032, 3024}, 2048), (Extent{2048, 1536}));
}

TEST(Photo, KnowsTheEdgesOfAddresses) {
  EXPECT_EQ(parse_edge("320"), 320);
  EXPECT_EQ(parse_edge("2048"), 2048);
  for (const char* text : {"", "0320", "320 ", "321", "original", "-320", "99999999999999999999"}) {
    EXPECT_FALSE(parse_edge(text)) << text;
  }
}

TEST(Photo, HasAMediaTypeForEachEncoding) {
  EXPECT_EQ(media_type(Encoding::webp), "image/webp");
  EXPECT_EQ(media_type(Encoding::jpeg), "image/jpeg");
  EXPECT_EQ(media_type(Encoding::avif), "image/avif");
}

TEST(PhotoDigests, MarkTheSamePhotoDifferentlyForEachPerson) {
  const PhotoDigests digests(blobs::InstanceKey::from_bytes(Bytes(32, std::byte{5})));
  const Digest photo = sha256("a photo");
  EXPECT_EQ(digests.duplicate_mark({1}, photo), digests.duplicate_mark({1}, photo));
  EXPECT_NE(digests.duplicate_mark({1}, photo), digests.duplicate_mark({2}, photo));
  EXPECT_NE(digests.duplicate_mark({1}, photo), digests.duplicate_mark({1}, sha256("another")));
  for (const OriginalSums& sums : {OriginalSums{photo, 0x12345678}, OriginalSums{photo}})
    EXPECT_EQ(digests.open(digests.seal(sums)), sums);
  EXPECT_NE(digests.seal({photo}), digests.seal({photo}));
}

}  // namespace
}  // namespace keepsake

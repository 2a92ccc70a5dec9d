#include "blobs/seal.h"

#include <gtest/gtest.h>

#include <string>

namespace keepsake::blobs {
namespace {

const Digest key = sha256("a key"), other_key = sha256("another key");

TEST(Seal, ComesBackUnderTheSameKeyAndPurposeAlone) {
  const Bytes sealed = seal(key, "cookie", as_byte_view("accepted"));
  EXPECT_EQ(sealed.size(), 8u + 29u);
  EXPECT_EQ(unseal(key, "cookie", sealed), to_bytes("accepted"));
  EXPECT_FALSE(unseal(other_key, "cookie", sealed));
  EXPECT_FALSE(unseal(key, "cookies", sealed));
  EXPECT_FALSE(unseal(key, "", sealed));
  EXPECT_EQ(unseal(key, "empty", seal(key, "empty", {})), Bytes{});
}

TEST(Seal, ShowsNothingAndNeverTheSameTwice) {
  const Bytes sealed = seal(key, "cookie", as_byte_view("accepted"));
  EXPECT_EQ(as_text(sealed).find("accepted"), std::string_view::npos);
  EXPECT_NE(sealed, seal(key, "cookie", as_byte_view("accepted")));
}

TEST(Seal, NoticesEveryFlippedBitAndEveryLength) {
  const Bytes sealed = seal(key, "cookie", as_byte_view("accepted"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes changed = sealed;
    changed[bit / 8] ^= std::byte{1} << bit % 8;
    EXPECT_FALSE(unseal(key, "cookie", changed)) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(unseal(key, "cookie", ByteView(sealed).first(size))) << size;
  }
  Bytes longer = sealed;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(unseal(key, "cookie", longer));
}

}  // namespace
}  // namespace keepsake::blobs

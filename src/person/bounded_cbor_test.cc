#include "person/bounded_cbor.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

Bytes of(std::initializer_list<int> numbers) {
  Bytes bytes;
  for (const int number : numbers) bytes.push_back(static_cast<std::byte>(number));
  return bytes;
}

bool passes(const Bytes& bytes) {
  CborWalk walk(bytes);
  return walk.pass() && walk.rest().empty();
}

TEST(BoundedCbor, GivesWhatIsAskedForInItsOrder) {
  const Bytes bytes = of({0xa2, 0x61, 'a', 0x42, 0x01, 0x02, 0x61, 'b', 0x18, 0x64});
  CborWalk walk(bytes);
  EXPECT_EQ(walk.map(), 2u);
  EXPECT_EQ(walk.text(), "a");
  const auto two = walk.bytes();
  ASSERT_TRUE(two);
  EXPECT_EQ(to_bytes(*two), of({1, 2}));
  EXPECT_EQ(walk.text(), "b");
  EXPECT_TRUE(walk.pass());
  EXPECT_TRUE(walk.rest().empty());
  EXPECT_FALSE(walk.pass());
}

TEST(BoundedCbor, ReadsNothingMoreAfterWhatDoesNotFit) {
  const Bytes bytes = of({0x01, 0x61, 'a'});
  CborWalk walk(bytes);
  EXPECT_FALSE(walk.bytes());
  EXPECT_FALSE(walk.text());
  const Bytes tagged = of({0xc0, 0x61, 'a'});
  CborWalk other(tagged);
  EXPECT_FALSE(other.text());
  EXPECT_TRUE(other.rest().empty());
}

TEST(BoundedCbor, PassesOverWhatIsSmallAndFlat) {
  for (const Bytes& bytes :
       {of({0x00}), of({0x20}), of({0xf5}), of({0x40}), of({0x60}), of({0x80}), of({0xa0}),
        of({0x82, 0x01, 0x81, 0xa1, 0x01, 0x02}), of({0x3b, 0, 0, 0, 0, 0, 0, 0, 1})})
    EXPECT_TRUE(passes(bytes));
}

TEST(BoundedCbor, RefusesTheRest) {
  Bytes deep(6, std::byte{0x81});
  deep.push_back(std::byte{0});
  Bytes many = of({0x98, 65});
  many.resize(67);
  for (const Bytes& bytes :
       {Bytes(), deep, many, of({0x42, 0x01}),                                               // ends too soon
        of({0x5f, 0x41, 0x01, 0xff}), of({0x9f, 0xff}), of({0xbf, 0xff}), of({0x7f, 0xff}),  // no length
        of({0xfa, 0, 0, 0, 0}), of({0xf9, 0, 0}), of({0xf6}), of({0xf7}), of({0xc0, 0x00}), of({0xff}),
        of({0x1c}), of({0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
        of({0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
        of({0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})})
    EXPECT_FALSE(passes(bytes));
  const Bytes large = of({0xba, 0x7f, 0xff, 0xff, 0xff, 0x01});
  EXPECT_FALSE(CborWalk(large).map());
}

}  // namespace
}  // namespace keepsake

#include "audience/gate_cookie.h"

#include <gtest/gtest.h>

#include "audience/list_cursor.h"

namespace keepsake {
namespace {

blobs::InstanceKey key(int fill) {
  return blobs::InstanceKey::from_bytes(Bytes(32, static_cast<std::byte>(fill)));
}

std::vector<GatePass> passes(int count) {
  std::vector<GatePass> list;
  for (int i = 1; i <= count; ++i)
    list = GateCookie::with(list, {ItemId{i}, i * 1'000'000'000LL, Accepted::all});
  return list;
}

TEST(GateCookie, opens_what_it_sealed) {
  const GateCookie cookie(key(1));
  const auto opened =
      cookie.open(cookie.seal({{ItemId{7}, 3, Accepted::descriptions}, {ItemId{8}, 1, Accepted::all}}));
  ASSERT_EQ(opened.size(), 2u);
  EXPECT_EQ(opened[0].item, ItemId{7});
  EXPECT_EQ(opened[0].gate_version, 3);
  EXPECT_EQ(opened[0].accepted, Accepted::descriptions);
  EXPECT_EQ(opened[1].accepted, Accepted::all);
  EXPECT_TRUE(cookie.open(cookie.seal({})).empty());
}

TEST(GateCookie, opens_nothing_that_another_wrote_or_changed) {
  const GateCookie cookie(key(1));
  auto text = cookie.seal(passes(3));
  EXPECT_TRUE(GateCookie(key(2)).open(text).empty());
  EXPECT_TRUE(cookie.open(text.substr(1)).empty());
  text[10] = text[10] == 'a' ? 'b' : 'a';
  EXPECT_TRUE(cookie.open(text).empty());
  EXPECT_TRUE(cookie.open("").empty());
  EXPECT_TRUE(cookie.open(std::string(1'000'000, 'a')).empty());
  EXPECT_TRUE(cookie.open(CursorSeal(key(1)).text({1, {2}})).empty());
}

TEST(GateCookie, keeps_the_newest_fifty_each_item_once) {
  const auto list = passes(60);
  ASSERT_EQ(list.size(), 50u);
  EXPECT_EQ(list.front().item, ItemId{11});
  const auto again = GateCookie::with(list, {ItemId{11}, 2, Accepted::descriptions});
  EXPECT_EQ(again.size(), 50u);
  EXPECT_EQ(again.back().item, ItemId{11});
  EXPECT_EQ(again.front().item, ItemId{12});
}

TEST(GateCookie, stays_small_enough_for_a_cookie) {
  const GateCookie cookie(key(1));
  std::vector<GatePass> large;
  for (int i = 0; i < 50; ++i) large.push_back({ItemId{1'000'000'000'000LL + i}, 1'000'000, Accepted::all});
  const auto text = cookie.seal(large);
  EXPECT_LE(text.size(), 1'600u);
  EXPECT_EQ(cookie.open(text).size(), 50u);
}

TEST(CursorSeal, comes_back_from_an_address_unread_and_unchanged) {
  const CursorSeal seal(key(1));
  const ListCursor cursor{1'700'000'000'000'000, {42}};
  const auto text = seal.text(cursor);
  const auto back = seal.parse(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->published, cursor.published);
  EXPECT_EQ(back->item, cursor.item);
  EXPECT_NE(seal.text(cursor), text) << "the same place looks different each time";
  EXPECT_FALSE(seal.parse("42"));
  EXPECT_FALSE(seal.parse(""));
  EXPECT_FALSE(CursorSeal(key(2)).parse(text));
}

}  // namespace
}  // namespace keepsake

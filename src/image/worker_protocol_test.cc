#include "image/worker_protocol.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>

namespace keepsake::image {
namespace {

constexpr std::uint64_t memory_size = 1000;

Answer good() {
  Answer answer{.outcome = Outcome::made, .width = 1500, .height = 900};
  answer.placeholder_size = 19;
  answer.placeholder[3] = std::byte{4};
  answer.placeholder[4] = std::byte{0x80};
  for (std::size_t i = 0; i < rendition_count; ++i) {
    const std::uint32_t width = std::min(1500, edges[i / encodings.size()]);
    answer.pieces[i] = {width, width * 3 / 5, 100 * i, 100};
  }
  return answer;
}

PackedLook packed_with(const std::function<void(PackedLook&)>& spoil) {
  auto look =
      packed({.quarter_turns = 3, .straighten = -2.5, .crop = {.1, .2, .3, .4}, .black_and_white = true});
  spoil(look);
  return look;
}

bool believed(const Answer& answer) {
  Bytes packet(sizeof(answer));
  std::memcpy(packet.data(), &answer, sizeof(answer));
  return read_answer(packet, Wanted::usual, memory_size).has_value();
}

bool believed(const std::function<void(Answer&)>& spoil) {
  auto answer = good();
  spoil(answer);
  return believed(answer);
}

TEST(WorkerProtocol, BelievesWhatCanBeTrue) {
  EXPECT_TRUE(believed(good()));
  for (const auto outcome : {Outcome::not_a_photo, Outcome::damaged, Outcome::too_many_pixels})
    EXPECT_TRUE(believed(Answer{.outcome = outcome}));
}

TEST(WorkerProtocol, BelievesNothingElse) {
  EXPECT_FALSE(believed([](Answer& a) { a.magic = 1; }));
  EXPECT_FALSE(believed([](Answer& a) { a.outcome = static_cast<Outcome>(99); }));
  EXPECT_FALSE(believed([](Answer& a) { a.format = 7; }));
  EXPECT_FALSE(believed([](Answer& a) { a.width = 0; }));
  EXPECT_FALSE(believed([](Answer& a) { a.placeholder_size = 20; }));
  EXPECT_FALSE(believed([](Answer& a) { a.placeholder_size = 1u << 30; }));
  EXPECT_FALSE(believed([](Answer& a) { a.placeholder[3] = std::byte{0}; }));
  EXPECT_FALSE(believed([](Answer& a) { a.height = 1u << 31; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[0].width = 1501; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[2].height = 1025; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[5].width = 321; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[5].width = 0; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[1].size = 0; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[1].size = memory_size; }));
  EXPECT_FALSE(believed([](Answer& a) { a.pieces[1].offset = ~std::uint64_t{0} - 50; }));
}

TEST(WorkerProtocol, WantsAllThreePiecesOfAnAvif) {
  auto answer = good();
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const std::uint32_t width = std::min(1500, edges[i]);
    answer.pieces[i] = {width, width * 3 / 5, 100 * i, 100};
  }
  answer.pieces[3] = answer.pieces[4] = answer.pieces[5] = {};
  const auto believed_as = [&](Wanted wanted) {
    return read_answer(std::as_bytes(std::span(&answer, 1)), wanted, memory_size).has_value();
  };
  EXPECT_TRUE(believed_as(Wanted::avif));
  EXPECT_FALSE(believed_as(Wanted::usual));
  answer.pieces[2].width = 321;
  EXPECT_FALSE(believed_as(Wanted::avif));
}

TEST(WorkerProtocol, CarriesALookWhole) {
  const Look look{.quarter_turns = 3, .straighten = -2.5, .crop = {.1, .2, .3, .4}, .black_and_white = true};
  EXPECT_EQ(unpacked(packed(look)), look);
  EXPECT_EQ(unpacked(PackedLook{}), plain());
}

TEST(WorkerProtocol, DrawsNoLookThatDoesNotFit) {
  EXPECT_TRUE(unpacked(packed_with([](PackedLook&) {})));
  EXPECT_FALSE(unpacked(packed_with([](PackedLook& look) { look.quarter_turns = 4; })));
  EXPECT_FALSE(unpacked(packed_with([](PackedLook& look) { look.quarter_turns = ~0u; })));
  EXPECT_FALSE(unpacked(packed_with([](PackedLook& look) { look.black_and_white = 2; })));
  EXPECT_FALSE(unpacked(packed_with([](PackedLook& look) { look.straighten = std::nan(""); })));
  EXPECT_FALSE(unpacked(packed_with([](PackedLook& look) { look.width = 0; })));
}

TEST(WorkerProtocol, BelievesNoPacketOfAnotherLength) {
  for (const auto size : {std::size_t{0}, sizeof(Answer) - 1, sizeof(Answer) + 1})
    EXPECT_FALSE(read_answer(Bytes(size), Wanted::usual, memory_size));
}

}  // namespace
}  // namespace keepsake::image

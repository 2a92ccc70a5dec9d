#include "web/size_text.h"

#include <gtest/gtest.h>

namespace keepsake::web {
namespace {

Result<std::optional<std::int64_t>> typed(const std::string& text) {
  Input input;
  input.set("gigabytes", text);
  return typed_quota(input);
}

TEST(SizeText, GigabytesAreReadAsPeopleTypeThem) {
  EXPECT_EQ(*typed("2"), 2'000'000'000);
  EXPECT_EQ(*typed(" 0.5 "), 500'000'000);
  EXPECT_EQ(*typed("1,25"), 1'250'000'000);
  EXPECT_EQ(*typed("٢٫٥"), 2'500'000'000);
  EXPECT_EQ(*typed("۳"), 3'000'000'000);
  EXPECT_EQ(*typed("0"), 0);
  EXPECT_EQ(*typed(""), std::nullopt);
  EXPECT_EQ(*typed_quota({}), std::nullopt);
}

TEST(SizeText, WhatIsNoSizeIsRefused) {
  for (const char* text : {"two", "-1", "2 GB", "1e3", "inf", "nan", "1.2.3", "2000000", "0x10", "\xd9", "."})
    EXPECT_EQ(typed(text).refusal().field, "gigabytes") << text;
}

TEST(SizeText, ProgramsSayBytes) {
  Input input;
  input.set("bytes", std::int64_t{123});
  EXPECT_EQ(*typed_quota(input), 123);
}

TEST(SizeText, WhatIsWrittenIsReadBack) {
  EXPECT_EQ(gigabytes_text({}), "");
  EXPECT_EQ(gigabytes_text(2'000'000'000), "2");
  EXPECT_EQ(gigabytes_text(500'000'000), "0.5");
  EXPECT_EQ(gigabytes_text(0), "0");
  EXPECT_EQ(gigabytes_text(10'000'000'000), "10");
}

}  // namespace
}  // namespace keepsake::web

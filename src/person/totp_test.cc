#include "person/totp.h"

#include <gtest/gtest.h>

namespace keepsake::totp {
namespace {

using namespace std::chrono_literals;

// RFC 6238 appendix B, of whose eight digits apps show the last six.
const Bytes secret = to_bytes("12345678901234567890");

Time at(std::int64_t seconds) {
  return Time(std::chrono::seconds(seconds));
}

TEST(Totp, MakesTheCodesOfTheStandard) {
  const std::pair<std::int64_t, const char*> vectors[] = {
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
  };
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(code_of(secret, step_at(at(seconds))), code);
    EXPECT_EQ(step_of(secret, code, at(seconds), -1), seconds / 30);
  }
  EXPECT_EQ(secret_text(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(Totp, AClockMayBeHalfAMinuteOff) {
  const std::int64_t step = 41'152'263;
  const std::string code = code_of(secret, step);
  const Time begin = at(step * 30);
  EXPECT_FALSE(step_of(secret, code, begin - 30s - 1us, -1));
  EXPECT_EQ(step_of(secret, code, begin - 30s, -1), step);
  EXPECT_EQ(step_of(secret, code, begin, -1), step);
  EXPECT_EQ(step_of(secret, code, begin + 60s - 1us, -1), step);
  EXPECT_FALSE(step_of(secret, code, begin + 60s, -1));
}

TEST(Totp, NoStepUpToTheLastIsTakenAgain) {
  const Time now = at(1'700'000'000);
  const std::int64_t step = step_at(now);
  const std::string code = code_of(secret, step);
  EXPECT_EQ(step_of(secret, code, now, step - 1), step);
  EXPECT_FALSE(step_of(secret, code, now, step));
  EXPECT_FALSE(step_of(secret, code, now, step + 1));
  EXPECT_EQ(step_of(secret, code_of(secret, step + 1), now, step), step + 1);
}

TEST(Totp, WhatIsNoCodeFitsNothing) {
  const Time now = at(1'700'000'000);
  const std::string code = code_of(secret, step_at(now));
  for (const std::string& typed :
       {std::string(), code.substr(1), code + "0", "0" + code, std::string(6, '\0'),
        std::string(100'000, '1'), code.substr(0, 5) + "\xff"})
    EXPECT_FALSE(step_of(secret, typed, now, -1));
  EXPECT_FALSE(step_of(secret, "000000", at(0), -1));
  EXPECT_EQ(step_of(secret, code_of(secret, 0), at(0), -1), 0);
}

}  // namespace
}  // namespace keepsake::totp

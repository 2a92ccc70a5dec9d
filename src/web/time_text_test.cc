#include "web/time_text.h"

#include <gtest/gtest.h>

namespace keepsake::web {
namespace {

TEST(TimeText, ReadsWhatItWrites) {
  const Time time = from_micros(1'795'384'314'000'000);
  EXPECT_EQ(parse_end(time_text(time)), time);
  EXPECT_EQ(parse_end("1970-01-01"), from_micros(86'400'000'000));
}

TEST(TimeText, RefusesAbsurdDates) {
  for (const char* text : {"", "soon", "2026-02-30", "2026-13-01", "-026-01-01", "99999-01-01",
                           "2026-01-01T25:00:00Z", "2026-01-01T10:00", "1969-12-31", "2026-1-1"}) {
    EXPECT_EQ(parse_end(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace keepsake::web

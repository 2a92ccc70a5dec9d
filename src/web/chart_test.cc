#include "web/chart.h"

#include <gtest/gtest.h>

#include <vector>

namespace keepsake::web {
namespace {

std::vector<Bar> bars(const std::vector<std::optional<std::int64_t>>& values) {
  std::vector<Bar> made;
  for (const auto& value : values)
    made.push_back({std::chrono::sys_days(std::chrono::days(20'000 + static_cast<int>(made.size()))), value});
  return made;
}

TEST(Chart, DrawsABarForEachDayThatHasOne) {
  const auto drawn = bars({0, 1, std::nullopt, 100'000, 50'000});
  EXPECT_EQ(bar_chart(drawn, "Requests <by> \"day\"").text(),
            "<svg class=\"bars\" role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 50 1000\" "
            "aria-label=\"Requests &lt;by&gt; &quot;day&quot;\">"
            "<rect x=\"11\" y=\"988\" width=\"8\" height=\"12\"/>"
            "<rect x=\"31\" y=\"0\" width=\"8\" height=\"1000\"/>"
            "<rect x=\"41\" y=\"500\" width=\"8\" height=\"500\"/></svg>");
  EXPECT_EQ(highest(drawn), &drawn[3]);
}

TEST(Chart, OfNothingNothingIsDrawn) {
  for (const auto& none : {bars({}), bars({0, 0}), bars({std::nullopt})}) {
    EXPECT_EQ(highest(none), nullptr);
    EXPECT_EQ(bar_chart(none, "").text().find("<rect"), std::string::npos);
  }
}

TEST(Chart, TheLargestNumbersAreDrawnToo) {
  const auto drawn = bars({INT64_MAX, INT64_MAX / 2});
  EXPECT_NE(bar_chart(drawn, "").text().find("height=\"1000\""), std::string::npos);
}

}  // namespace
}  // namespace keepsake::web

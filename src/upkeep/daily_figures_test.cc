#include "upkeep/daily_figures.h"

#include "support/databases.h"

namespace keepsake {
namespace {

using std::chrono::days;

class DailyFiguresTest : public support::StoreTest {
 protected:
  ManualClock clock_;
  DailyFigures figures_{database(), clock_};
};
KEEPSAKE_ON_BOTH_ENGINES(DailyFiguresTest);

TEST_P(DailyFiguresTest, CountsAreAddedUpByDay) {
  figures_.add(3, 1);
  figures_.add(4, 0);
  figures_.add(0, 0);
  clock_.advance(days(2));
  figures_.add(1, 0);
  const auto last = figures_.last(4);
  ASSERT_EQ(last.size(), 4u);
  EXPECT_EQ(last[3].day, std::chrono::floor<days>(clock_.now()));
  EXPECT_EQ(last[0].requests, 0);
  EXPECT_EQ(last[1].requests, 7);
  EXPECT_EQ(last[1].failures, 1);
  EXPECT_EQ(last[2].requests, 0);
  EXPECT_EQ(last[3].requests, 1);
  EXPECT_EQ(figures_.last(1).size(), 1u);
}

TEST_P(DailyFiguresTest, OfSizesTheLastOfADayCounts) {
  figures_.add(3, 1);
  EXPECT_FALSE(figures_.last(1)[0].sizes);
  figures_.measure({10, 20, 30});
  figures_.measure({11, 21, 31});
  const auto today = figures_.last(1)[0];
  ASSERT_TRUE(today.sizes);
  EXPECT_EQ(today.sizes->photos, 11);
  EXPECT_EQ(today.sizes->database, 21);
  EXPECT_EQ(today.sizes->free, 31);
  EXPECT_EQ(today.requests, 3);
}

TEST_P(DailyFiguresTest, AfterAYearADayIsForgotten) {
  figures_.add(5, 0);
  clock_.advance(DailyFigures::kept_for);
  figures_.sweep();
  EXPECT_EQ(figures_.last(367)[0].requests, 5);
  clock_.advance(days(1));
  figures_.sweep();
  EXPECT_EQ(figures_.last(368)[0].requests, 0);
}

TEST_P(DailyFiguresTest, TheDatabaseKnowsItsSize) {
  EXPECT_GT(database().read([](db::Reader& reader) { return DailyFigures::database_bytes(reader); }), 4096);
}

}  // namespace
}  // namespace keepsake

#include "app/figure_keeper.h"

#include "support/databases.h"

namespace keepsake::app {
namespace {

class FigureKeeperTest : public support::StoreTest {
 protected:
  DayFigures today() { return figures_.last(1)[0]; }
  ManualClock clock_;
  DailyFigures figures_{database(), clock_};
  web::Tally tally_;
};
KEEPSAKE_ON_BOTH_ENGINES(FigureKeeperTest);

TEST_P(FigureKeeperTest, WritesWhatWasCountedOnceEach) {
  {
    FigureKeeper keeper(tally_, figures_, std::chrono::milliseconds(5));
    for (int i = 0; i < 20; ++i) tally_.asked();
    tally_.answered(200);
    tally_.answered(404);
    tally_.answered(500);
    tally_.answered(503);
    tally_.answered(507);
    for (int tries = 0; tries < 1000 && today().requests < 20; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(today().requests, 20);
    tally_.asked();
  }
  EXPECT_EQ(today().requests, 21);
  EXPECT_EQ(today().failures, 2);
}

TEST_P(FigureKeeperTest, WritesAtItsEnd) {
  {
    FigureKeeper keeper(tally_, figures_);
    tally_.asked();
  }
  EXPECT_EQ(today().requests, 1);
}

}  // namespace
}  // namespace keepsake::app

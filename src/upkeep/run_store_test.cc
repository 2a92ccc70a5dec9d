#include "upkeep/run_store.h"

#include "support/databases.h"

namespace keepsake {
namespace {

class UpkeepRunTest : public support::StoreTest {
 protected:
  std::optional<UpkeepRun> last(Upkeep kind) {
    return database().read([&](db::Reader& reader) { return upkeep::last(reader, kind); });
  }
};
KEEPSAKE_ON_BOTH_ENGINES(UpkeepRunTest);

TEST_P(UpkeepRunTest, NothingIsClaimedUntilItIsNoted) {
  EXPECT_FALSE(last(Upkeep::backup));
  const Time now = ManualClock().now();
  database().write([&](db::Tx& tx) { upkeep::note(tx, Upkeep::verification, {now, true}); });
  database().write(
      [&](db::Tx& tx) { upkeep::note(tx, Upkeep::verification, {now + std::chrono::hours(1), false}); });
  EXPECT_FALSE(last(Upkeep::backup));
  EXPECT_EQ(last(Upkeep::verification)->at, now + std::chrono::hours(1));
  EXPECT_FALSE(last(Upkeep::verification)->sound);
}

}  // namespace
}  // namespace keepsake

#include "app/epoch_watch.h"

#include "support/databases.h"

namespace keepsake::app {
namespace {

using namespace std::chrono_literals;

// The servers of one database, each with its own memory.
class EpochWatchTest : public support::StoreTest {
 protected:
  void raise(Epoch& epoch) {
    database().write([&](db::Tx& tx) { epoch.raise(tx); });
  }
  static bool soon(const std::function<bool()>& holds, std::chrono::milliseconds within = 5s) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(1ms);
    return holds();
  }
  SystemUptime uptime_;
};

TEST_P(EpochWatchTest, keeps_the_lease_and_sees_what_others_raise) {
  Epoch here(database(), uptime_), there(database(), uptime_);
  const EpochWatch watch(database(), here, 10ms);
  raise(there);
  EXPECT_TRUE(soon([&] { return here.current() == there.current(); }));
  std::this_thread::sleep_for(Epoch::lease);
  EXPECT_FALSE(there.current()) << "nobody renews it";
  EXPECT_TRUE(soon([&] { return here.current().has_value(); }));
}

TEST_P(EpochWatchTest, rings_and_hears_others_ring) {
  if (database().engine() == db::Engine::sqlite) GTEST_SKIP() << "one process serves a file";
  Epoch here(database(), uptime_), there(database(), uptime_);
  // So seldom that only the bell can tell.
  const EpochWatch watch_here(database(), here, 1h), watch_there(database(), there, 1h);
  std::this_thread::sleep_for(200ms);
  raise(there);
  const auto raised = there.current();
  EXPECT_TRUE(soon([&] { return here.still(raised); }, 700ms));
}

KEEPSAKE_ON_BOTH_ENGINES(EpochWatchTest);

}  // namespace
}  // namespace keepsake::app

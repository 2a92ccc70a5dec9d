#include "audience/epoch.h"

#include <stdexcept>

#include "support/databases.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class EpochTest : public support::StoreTest {
 protected:
  void raise(Epoch& epoch) {
    database().write([&](db::Tx& tx) { epoch.raise(tx); });
  }
  ManualUptime uptime_;
};

TEST_P(EpochTest, rises_with_what_is_written) {
  Epoch epoch(database(), uptime_);
  const auto before = epoch.current();
  database().write([&](db::Tx& tx) {
    epoch.raise(tx);
    EXPECT_EQ(epoch.current(), before) << "before it is durable";
  });
  EXPECT_GT(epoch.current(), before);
}

TEST_P(EpochTest, stays_with_what_is_undone) {
  Epoch epoch(database(), uptime_);
  const auto before = epoch.current();
  const auto fail = [&](db::Tx& tx) {
    epoch.raise(tx);
    throw std::runtime_error("undone");
  };
  EXPECT_THROW(database().write(fail), std::runtime_error);
  EXPECT_EQ(epoch.current(), before);
}

TEST_P(EpochTest, learns_of_another_process_and_never_goes_back) {
  Epoch server(database(), uptime_), command(database(), uptime_);
  bool told = false;
  command.on_raise([&] { told = true; });
  const auto before = server.current();
  raise(command);
  EXPECT_TRUE(told);
  EXPECT_EQ(server.current(), before);
  server.refresh();
  EXPECT_EQ(server.current(), command.current());
  raise(server);
  const auto own = server.current();
  server.refresh();
  EXPECT_EQ(server.current(), own);
}

TEST_P(EpochTest, without_a_lease_there_is_none) {
  Epoch epoch(database(), uptime_);
  const auto before = epoch.current();
  uptime_.advance(Epoch::lease - 1ns);
  EXPECT_TRUE(epoch.still(before));
  uptime_.advance(1ns);
  EXPECT_EQ(epoch.current(), std::nullopt);
  EXPECT_FALSE(epoch.still(before));
  EXPECT_FALSE(epoch.still(std::nullopt)) << "what was decided without a lease is not kept";
  epoch.refresh();
  EXPECT_EQ(epoch.current(), before);
  const auto line = database().line();
  uptime_.advance(Epoch::lease);
  epoch.refresh(*line);
  EXPECT_EQ(epoch.current(), before);
}

// Uptime that passes while the database is asked.
class SlowUptime final : public Uptime {
 public:
  std::chrono::nanoseconds now() const override { return now_ += Epoch::lease / 2; }

 private:
  mutable std::chrono::nanoseconds now_{0};
};

TEST_P(EpochTest, counts_the_lease_from_before_the_question) {
  SlowUptime uptime;
  const Epoch epoch(database(), uptime);     // asks at a half of a lease, so that it ends at one and a half
  EXPECT_NE(epoch.current(), std::nullopt);  // at one
  EXPECT_EQ(epoch.current(), std::nullopt);  // at one and a half
}

TEST_P(EpochTest, own_changes_do_not_renew_the_lease) {
  Epoch epoch(database(), uptime_);
  uptime_.advance(Epoch::lease);
  raise(epoch);
  EXPECT_EQ(epoch.current(), std::nullopt);
}

// Another node shut the story while this one was cut off: at no moment is what was kept from before good
// again.
TEST_P(EpochTest, a_renewed_lease_brings_what_was_missed) {
  Epoch here(database(), uptime_), there(database(), uptime_);
  const auto before = here.current();
  uptime_.advance(Epoch::lease / 3);
  raise(there);
  EXPECT_TRUE(here.still(before)) << "for at most a lease";
  uptime_.advance(Epoch::lease);
  EXPECT_FALSE(here.still(before));
  here.refresh();
  EXPECT_FALSE(here.still(before));
  EXPECT_GT(here.current(), before);
}

TEST_P(EpochTest, a_database_that_went_back_gives_no_lease) {
  Epoch epoch(database(), uptime_);
  raise(epoch);
  database().write([](db::Tx& tx) { tx.execute("UPDATE visibility_epoch SET epoch = epoch - 1"); });
  epoch.refresh();
  EXPECT_EQ(epoch.current(), std::nullopt);
  raise(epoch);
  epoch.refresh();
  EXPECT_EQ(epoch.current(), std::nullopt);
}

KEEPSAKE_ON_BOTH_ENGINES(EpochTest);

}  // namespace
}  // namespace keepsake

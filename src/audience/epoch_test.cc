#include "audience/epoch.h"

#include <stdexcept>

#include "support/databases.h"

namespace keepsake {
namespace {

class EpochTest : public support::StoreTest {
 protected:
  void raise(Epoch& epoch) {
    database().write([&](db::Tx& tx) { epoch.raise(tx); });
  }
};

TEST_P(EpochTest, rises_with_what_is_written) {
  Epoch epoch(database());
  const auto before = epoch.current();
  database().write([&](db::Tx& tx) {
    epoch.raise(tx);
    EXPECT_EQ(epoch.current(), before) << "before it is durable";
  });
  EXPECT_GT(epoch.current(), before);
}

TEST_P(EpochTest, stays_with_what_is_undone) {
  Epoch epoch(database());
  const auto before = epoch.current();
  const auto fail = [&](db::Tx& tx) {
    epoch.raise(tx);
    throw std::runtime_error("undone");
  };
  EXPECT_THROW(database().write(fail), std::runtime_error);
  EXPECT_EQ(epoch.current(), before);
}

TEST_P(EpochTest, learns_of_another_process_and_never_goes_back) {
  Epoch server(database()), command(database());
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

KEEPSAKE_ON_BOTH_ENGINES(EpochTest);

}  // namespace
}  // namespace keepsake

#include <gtest/gtest.h>

#include <chrono>

#include "db/administer.h"
#include "db/database.h"
#include "db/open.h"
#include "support/databases.h"

namespace keepsake::db {
namespace {

class PostgresTest : public support::StoreTest {
 protected:
  // Cuts every connection to this test's database, as a restart of the server does.
  void cut_all() {
    run_alone(fresh().place(),
              "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
              "WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }
  void add() {
    database().write([](Tx& tx) { add(tx); });
  }
  static void add(Tx& tx) {
    tx.execute("INSERT INTO job (kind, payload, due) VALUES ($1, $2, $3)", "kind", "", 0);
  }
  std::int64_t count() {
    return database().read([](Reader& reader) {
      return reader.one("SELECT count(*) FROM job", [](const Row& row) { return row.integer(0); });
    });
  }
};

TEST_P(PostgresTest, connections_cut_while_idle_are_replaced_unnoticed) {
  add();
  EXPECT_EQ(count(), 1);
  cut_all();
  add();
  EXPECT_EQ(count(), 2);
}

TEST_P(PostgresTest, a_write_cut_in_its_middle_throws_and_the_next_one_works) {
  const auto cut_within = [this](Tx& tx) {
    add(tx);
    cut_all();
    add(tx);
  };
  EXPECT_THROW(database().write(cut_within), Unreachable);
  const auto cut_before_commit = [this](Tx& tx) {
    add(tx);
    cut_all();
  };
  EXPECT_THROW(database().write(cut_before_commit), Unreachable);
  EXPECT_EQ(count(), 0);
  add();
  EXPECT_EQ(count(), 1);
}

TEST_P(PostgresTest, a_statement_that_takes_too_long_is_ended) {
  const auto hasty = open_postgres(fresh().place(), {.patience = std::chrono::seconds(1)});
  const auto sleep = [](Reader& reader) { reader.query("SELECT pg_sleep(60)", [](const Row&) {}); };
  EXPECT_THROW(hasty->read(sleep), Busy);
  EXPECT_NO_THROW(hasty->read([](Reader& reader) { reader.exists("SELECT 1"); }));
}

TEST_P(PostgresTest, an_answer_of_many_megabytes_and_a_question_of_as_many_arrive_whole) {
  const std::string large(8 << 20, 'a');
  const auto length = [&](Reader& reader) {
    return reader.one("SELECT $1 || $1", [](const Row& row) { return row.text(0).size(); }, large);
  };
  EXPECT_EQ(database().read(length), 2 * large.size());
}

TEST_P(PostgresTest, a_conflict_that_the_closure_swallows_is_still_tried_anew) {
  add();
  int runs = 0;
  database().write([&](Tx& tx) {
    tx.exists("SELECT 1 FROM job");
    if (++runs == 1) {
      const auto other = fresh().open();
      other->write([](Tx& rival) { rival.execute("UPDATE job SET due = due + 1"); });
    }
    try {
      tx.execute("UPDATE job SET due = due + 1");
    } catch (const Error&) {
      return;
    }
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(database().stats().retries, 1u);
  const auto due = [](const Row& row) { return row.integer(0); };
  EXPECT_EQ(database().read([&](Reader& reader) { return reader.one("SELECT due FROM job", due); }), 2);
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Engines, PostgresTest, ::testing::ValuesIn([] {
                           auto engines = support::engines();
                           std::erase(engines, Engine::sqlite);
                           return engines;
                         }()),
                         support::engine_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresTest);

}  // namespace keepsake::db

#include "jobs/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>

#include "support/databases.h"

namespace keepsake::jobs {
namespace {

using namespace std::chrono_literals;

class RunnerTest : public support::StoreTest {
 protected:
  void add(std::string_view kind, std::string_view payload, std::chrono::seconds later = 0s) {
    database().write([&](db::Tx& tx) { enqueue(tx, kind, payload, clock_.now() + later); });
  }
  Handler noting() {
    return [this](const Job& job) { done_.push_back(job.kind + ":" + job.payload); };
  }
  Handler failing() {
    return [this](const Job& job) {
      attempts_.push_back(job.attempt);
      throw std::runtime_error("no");
    };
  }

  ManualClock clock_;
  JobStore store_{database()};
  std::vector<std::string> done_;
  std::vector<std::int64_t> attempts_;
};

using Done = std::vector<std::string>;

TEST_P(RunnerTest, what_is_due_runs_once_in_order) {
  Runner runner(database(), clock_, {{"a", noting()}, {"b", noting()}});
  add("a", "second", 2s);
  add("b", "first", 1s);
  add("a", "much later", 1h);
  EXPECT_EQ(runner.run_due(), 0);
  clock_.advance(10s);
  EXPECT_EQ(runner.run_due(), 2);
  EXPECT_EQ(done_, (Done{"b:first", "a:second"}));
  EXPECT_EQ(runner.run_due(), 0);
  EXPECT_EQ(store_.waiting(), 1);
}

TEST_P(RunnerTest, a_job_of_a_write_undone_never_was) {
  const auto undone = [&](db::Tx& tx) {
    enqueue(tx, "a", "x", clock_.now());
    throw std::domain_error("no");
  };
  EXPECT_THROW(database().write(undone), std::domain_error);
  EXPECT_EQ(store_.waiting(), 0);
}

TEST_P(RunnerTest, one_that_fails_comes_back_later_and_later) {
  Runner runner(database(), clock_, {{"a", failing()}});
  add("a", "x");
  EXPECT_EQ(runner.run_due(), 1);
  clock_.advance(pause_after(1) - 1s);
  EXPECT_EQ(runner.run_due(), 0);
  clock_.advance(1s);
  EXPECT_EQ(runner.run_due(), 1);
  clock_.advance(pause_after(1));
  EXPECT_EQ(runner.run_due(), 0);
  clock_.advance(pause_after(2));
  EXPECT_EQ(runner.run_due(), 1);
  EXPECT_EQ(attempts_, (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_P(RunnerTest, one_that_nobody_knows_waits_and_holds_up_nothing) {
  Runner runner(database(), clock_, {{"a", noting()}});
  add("unknown", "x");
  add("a", "y");
  runner.run_due();
  EXPECT_EQ(done_, Done{"a:y"});
  EXPECT_EQ(store_.waiting(), 1);
}

TEST_P(RunnerTest, a_handler_may_write_and_enqueue) {
  Runner runner(database(), clock_, {{"a", [&](const Job&) { add("b", "from a"); }}, {"b", noting()}});
  add("a", "x");
  EXPECT_EQ(runner.run_due(), 2);
  EXPECT_EQ(done_, Done{"b:from a"});
}

TEST_P(RunnerTest, a_job_taken_is_left_alone_until_its_lease_ends) {
  add("a", "x");
  const auto until = clock_.now() + 120s;
  ASSERT_TRUE(store_.take(clock_.now(), until));
  EXPECT_FALSE(store_.take(clock_.now(), until));
  clock_.advance(120s);
  const auto again = store_.take(clock_.now(), clock_.now() + 120s);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempt, 2);
}

TEST_P(RunnerTest, many_runners_share_the_work_and_none_is_done_twice) {
  std::mutex mutex;
  std::multiset<std::string> seen;
  const Handler note = [&](const Job& job) {
    std::lock_guard lock(mutex);
    seen.insert(job.payload);
  };
  for (int number = 0; number < 40; ++number) add("a", std::to_string(number));
  const auto other = fresh().open();
  Runner here(database(), clock_, {{"a", note}}), there(*other, clock_, {{"a", note}});
  std::vector<std::thread> threads;
  for (auto* runner : {&here, &there, &here, &there}) threads.emplace_back([runner] { runner->run_due(); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(seen.size(), 40u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 40u);
  EXPECT_EQ(store_.waiting(), 0);
}

TEST_P(RunnerTest, started_it_runs_what_comes_and_stops_when_told) {
  std::promise<std::string> ran;
  Runner runner(database(), clock_, {{"a", [&](const Job& job) { ran.set_value(job.payload); }}});
  runner.start();
  database().write([&](db::Tx& tx) {
    enqueue(tx, "a", "x", clock_.now());
    tx.after_commit([&] { runner.wake(); });
  });
  EXPECT_EQ(ran.get_future().get(), "x");
  runner.stop();
  EXPECT_EQ(store_.waiting(), 0);
  add("a", "y");
  EXPECT_EQ(store_.waiting(), 1);
}

TEST_P(RunnerTest, what_is_periodic_runs_at_once_and_then_each_interval_on_one_node_of_all) {
  int ran = 0;
  Runner here(database(), clock_, {}), there(database(), clock_, {});
  for (auto* runner : {&here, &there}) runner->every(24h, "sweep", [&] { ++ran; });
  const auto both = [&] { return here.run_due() + there.run_due(); };
  EXPECT_EQ(both(), 1);
  clock_.advance(23h);
  EXPECT_EQ(both(), 0);
  clock_.advance(1h);
  EXPECT_EQ(both(), 1);
  EXPECT_EQ(ran, 2);
}

TEST_P(RunnerTest, what_is_periodic_and_fails_comes_back_within_five_minutes) {
  int ran = 0;
  Runner runner(database(), clock_, {});
  runner.every(24h, "sweep", [&] {
    if (++ran == 1) throw std::runtime_error("no");
  });
  runner.run_due();
  clock_.advance(5min);
  runner.run_due();
  clock_.advance(5min);
  runner.run_due();
  EXPECT_EQ(ran, 2);
}

TEST_P(RunnerTest, a_shorter_interval_holds_at_once) {
  int ran = 0;
  for (const auto interval : {std::chrono::hours(24), std::chrono::hours(1)}) {
    Runner runner(database(), clock_, {});
    runner.every(interval, "sweep", [&] { ++ran; });
    runner.run_due();
  }
  EXPECT_EQ(ran, 2);
}

TEST_P(RunnerTest, a_payload_too_long_is_refused) {
  EXPECT_THROW(add("a", std::string(longest_payload + 1, 'x')), db::Error);
}

TEST(PauseAfter, doubles_and_has_an_end) {
  EXPECT_EQ(pause_after(1), 10s);
  EXPECT_EQ(pause_after(2), 20s);
  EXPECT_EQ(pause_after(1000), 6h);
}

}  // namespace

KEEPSAKE_ON_BOTH_ENGINES(RunnerTest);

}  // namespace keepsake::jobs

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <functional>
#include <future>
#include <thread>
#include <utility>

#include "base/later.h"
#include "base/result.h"
#include "db/database.h"
#include "support/databases.h"

namespace keepsake::db {
namespace {

class WriteTest : public support::StoreTest {
 protected:
  WriteTest() {
    database().write([](Tx& tx) {
      const auto run = [&](const char* sql) { tx.execute(expand_migration(sql, tx.engine())); };
      run("CREATE TABLE thing (id @id, name @text UNIQUE)");
      run("CREATE TABLE part (thing bigint NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)");
      run("CREATE TABLE strict_part (thing bigint NOT NULL REFERENCES thing (id))");
      run("CREATE TABLE counter (value bigint)");
    });
  }
  ~WriteTest() override {
    database().write([](Tx& tx) {
      for (const auto* table : {"counter", "strict_part", "part", "thing"})
        tx.execute(std::string("DROP TABLE ") + table);
    });
  }

  static void add(Tx& tx, std::string_view name) { tx.execute("INSERT INTO thing (name) VALUES ($1)", name); }
  void add(std::string_view name) {
    database().write([&](Tx& tx) { add(tx, name); });
  }
  std::int64_t count(const char* table = "thing") { return count_of(database(), table); }
  static std::int64_t count_of(Database& database, const char* table = "thing") {
    return database.read([&](Reader& reader) {
      return reader.one(std::string("SELECT count(*) FROM ") + table,
                        [](const Row& row) { return row.integer(0); });
    });
  }
};

void on_threads(int threads, const std::function<void(int)>& act) {
  std::vector<std::thread> running;
  for (int number = 0; number < threads; ++number) running.emplace_back(act, number);
  for (auto& thread : running) thread.join();
}

TEST_P(WriteTest, what_is_written_is_there_for_the_next_read) {
  for (int number = 1; number <= 20; ++number) {
    add(std::to_string(number));
    EXPECT_EQ(count(), number);
  }
}

TEST_P(WriteTest, another_opening_of_the_same_database_sees_it) {
  add("a");
  const auto other = fresh().open();
  EXPECT_EQ(count_of(*other), 1);
}

TEST_P(WriteTest, errors_have_their_kinds) {
  add("a");
  EXPECT_THROW(add("a"), UniqueViolation);
  const auto orphan = [](Tx& tx) { tx.execute("INSERT INTO strict_part (thing) VALUES ($1)", 99); };
  EXPECT_THROW(database().write(orphan), ForeignKeyViolation);
  EXPECT_EQ(count("strict_part"), 0);
}

TEST_P(WriteTest, errors_tell_nothing_of_the_values) {
  add("a private name");
  try {
    add("a private name");
    FAIL();
  } catch (const UniqueViolation& violation) {
    EXPECT_EQ(std::string(violation.what()).find("private"), std::string::npos) << violation.what();
  }
}

TEST_P(WriteTest, a_deferred_foreign_key_may_be_owed_until_the_end_but_no_longer) {
  database().write([](Tx& tx) {
    tx.execute("INSERT INTO part (thing) VALUES ($1)", 77);
    tx.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", 77, "late");
  });
  const auto owing = [](Tx& tx) { tx.execute("INSERT INTO part (thing) VALUES ($1)", 99); };
  EXPECT_THROW(database().write(owing), ForeignKeyViolation);
  add("after");
  EXPECT_EQ(count("part"), 1);
}

TEST_P(WriteTest, a_closure_that_throws_leaves_nothing) {
  const auto act = [](Tx& tx) {
    add(tx, "a");
    throw std::domain_error("no");
  };
  EXPECT_THROW(database().write(act), std::domain_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(WriteTest, a_refused_result_leaves_nothing_and_comes_back) {
  const auto result = database().write([](Tx& tx) -> Result<int> {
    add(tx, "a");
    return Refusal{Refused::conflict, "That name is taken."};
  });
  EXPECT_EQ(result.refusal().sentence, "That name is taken.");
  EXPECT_EQ(count(), 0);
  const auto kept = database().write([](Tx& tx) -> Result<int> {
    add(tx, "a");
    return 5;
  });
  EXPECT_EQ(kept.value(), 5);
  EXPECT_EQ(count(), 1);
}

TEST_P(WriteTest, after_a_failed_statement_a_refusal_may_follow_but_nothing_is_kept) {
  add("a");
  const auto refusing = [](Tx& tx) -> Result<Done> {
    try {
      add(tx, "b");
      add(tx, "a");
    } catch (const UniqueViolation&) {
      return Refusal{Refused::conflict, "That name is taken."};
    }
    return Done{};
  };
  EXPECT_TRUE(database().write(refusing).refused());
  const auto passing_over = [](Tx& tx) {
    add(tx, "b");
    EXPECT_THROW(add(tx, "a"), UniqueViolation);
  };
  EXPECT_THROW(database().write(passing_over), Error);
  const auto going_on = [](Tx& tx) {
    EXPECT_THROW(add(tx, "a"), UniqueViolation);
    add(tx, "b");
  };
  EXPECT_THROW(database().write(going_on), Error);
  EXPECT_EQ(count(), 1);
}

TEST_P(WriteTest, after_commit_runs_in_order_and_only_for_what_was_kept) {
  std::vector<int> ran;
  database().write([&](Tx& tx) {
    add(tx, "a");
    tx.after_commit([&] { ran.push_back(1); });
    tx.after_commit([&] { ran.push_back(static_cast<int>(count()) + 1); });
  });
  EXPECT_EQ(ran, (std::vector{1, 2}));
  const auto throwing = [&](Tx& tx) {
    tx.after_commit([&] { ran.push_back(3); });
    throw std::domain_error("no");
  };
  EXPECT_THROW(database().write(throwing), std::domain_error);
  EXPECT_EQ(ran.size(), 2u);
}

TEST_P(WriteTest, a_write_within_a_write_is_refused_and_a_read_within_it_joins_it) {
  database().write([&](Tx& tx) {
    add(tx, "a");
    EXPECT_EQ(count(), 1);
    EXPECT_THROW(add("b"), Error);
    tx.after_commit([&] { EXPECT_THROW(add("c"), Error); });
  });
  EXPECT_EQ(count(), 1);
}

TEST_P(WriteTest, a_reader_cannot_write) {
  const auto writing = [](Reader& reader) { reader.query("DELETE FROM thing", [](const Row&) {}); };
  add("a");
  EXPECT_THROW(database().read(writing), Error);
  EXPECT_EQ(count(), 1);
}

TEST_P(WriteTest, a_read_sees_one_view_from_beginning_to_end) {
  add("a");
  database().read([&](Reader& reader) {
    const auto seen = [&] {
      return reader.one("SELECT count(*) FROM thing", [](const Row& row) { return row.integer(0); });
    };
    EXPECT_EQ(seen(), 1);
    std::thread([&] { add("b"); }).join();
    EXPECT_EQ(seen(), 1);
    EXPECT_EQ(count(), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(WriteTest, more_readers_than_connections_all_get_their_turn) {
  add("a");
  std::atomic<std::int64_t> sum = 0;
  on_threads(40, [&](int) {
    for (int turn = 0; turn < 5; ++turn) sum += count();
  });
  EXPECT_EQ(sum, 200);
}

TEST_P(WriteTest, of_many_that_write_at_once_each_fails_alone) {
  std::atomic<int> refused = 0;
  on_threads(32, [&](int number) {
    try {
      database().write([&](Tx& tx) {
        add(tx, "own " + std::to_string(number));
        if (number % 4 == 0) add(tx, "own " + std::to_string(number));
        if (number % 4 == 1) throw std::domain_error("no");
      });
    } catch (const std::runtime_error&) {
      ++refused;
    } catch (const std::domain_error&) {
      ++refused;
    }
  });
  EXPECT_EQ(refused, 16);
  EXPECT_EQ(count(), 16);
}

// Two that read, then write what they read: each must count.
TEST_P(WriteTest, conflicting_counters_lose_no_step) {
  database().write([](Tx& tx) { tx.execute("INSERT INTO counter VALUES (0)"); });
  const auto value = [](Reader& reader) {
    return reader.one("SELECT value FROM counter", [](const Row& row) { return row.integer(0); });
  };
  const auto step = [&](Tx& tx) { tx.execute("UPDATE counter SET value = $1", value(tx) + 1); };
  on_threads(4, [&](int) {
    for (int turn = 0; turn < 10; ++turn) database().write(step);
  });
  EXPECT_EQ(database().read(value), 40);
}

// Both look before either writes: on PostgreSQL one of them loses, runs anew and sees the other's row.
TEST_P(WriteTest, writes_behave_as_if_one_came_after_the_other) {
  std::barrier both_looked(2);
  const auto add_if_alone = [&](int number) {
    bool may_meet = database().engine() == Engine::postgres;
    database().write([&](Tx& tx) {
      const bool alone = !tx.exists("SELECT 1 FROM thing");
      if (std::exchange(may_meet, false)) both_looked.arrive_and_wait();
      if (alone) add(tx, std::to_string(number));
    });
  };
  on_threads(2, add_if_alone);
  EXPECT_EQ(count(), 1);
}

class SqliteWriteTest : public WriteTest {};

TEST_P(SqliteWriteTest, writes_that_wait_share_a_commit) {
  const auto before = database().stats();
  std::atomic<bool> holding = false;
  // The first holds the writer until all others wait.
  std::thread first([&] {
    database().write([&](Tx& tx) {
      add(tx, "first");
      holding = true;
      while (database().stats().waiting < 100) std::this_thread::yield();
    });
  });
  while (!holding) std::this_thread::yield();
  on_threads(100, [&](int number) { add(std::to_string(number)); });
  first.join();
  const auto after = database().stats();
  EXPECT_EQ(after.writes - before.writes, 101u);
  EXPECT_EQ(after.commits - before.commits, 3u);
  EXPECT_EQ(count(), 101);
}

TEST_P(SqliteWriteTest, a_full_disk_is_told_and_later_writes_work) {
  const auto limit_pages = [](Tx& tx, const char* pages) {
    tx.query(std::string("PRAGMA max_page_count = ") + pages, [](const Row&) {});
  };
  const auto fill = [](Tx& tx) {
    add(tx, "a");
    add(tx, std::string(4'000'000, 'x'));
  };
  database().write([&](Tx& tx) { limit_pages(tx, "400"); });
  EXPECT_THROW(database().write(fill), DiskFull);
  EXPECT_EQ(count(), 0);
  database().write([&](Tx& tx) { limit_pages(tx, "1000000"); });
  add("b");
  EXPECT_EQ(count(), 1);
}

TEST_P(SqliteWriteTest, several_openings_of_a_new_file_at_once_all_work) {
  for (int round = 0; round < 5; ++round) {
    const support::FreshDatabase other(Engine::sqlite, support::FreshDatabase::Schema::none);
    on_threads(4, [&](int) { migrate(*other.open(), other.folder() / "snapshots"); });
    EXPECT_GT(count_of(*other.open(), "schema_migration"), 0);
  }
}

TEST_P(SqliteWriteTest, the_file_is_its_owners_alone) {
  using std::filesystem::perms;
  const support::FreshDatabase other(Engine::sqlite, support::FreshDatabase::Schema::none);
  const auto opened = other.open();
  EXPECT_EQ(std::filesystem::status(other.place()).permissions(), perms::owner_read | perms::owner_write);
}

TEST_P(SqliteWriteTest, a_copy_is_whole_and_its_owners_alone) {
  using std::filesystem::perms;
  add("a");
  const auto file = fresh().folder() / "copy.db";
  database().copy_to(file);
  EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(count_of(*open_sqlite(file)), 1);
  EXPECT_THROW(database().copy_to(file), Error);
}

TEST(OpenTest, what_cannot_be_opened_throws) {
  EXPECT_THROW(open_sqlite("/nowhere/keepsake.db"), std::exception);
  EXPECT_THROW(open_postgres("nowhere"), Error);
  const auto nobody = open_postgres("postgresql://127.0.0.1:1/keepsake");
  EXPECT_THROW(nobody->read([](Reader&) {}), Unreachable);
  EXPECT_THROW(nobody->write([](Tx&) {}), Unreachable);
}

}  // namespace

KEEPSAKE_ON_BOTH_ENGINES(WriteTest);
// A write that nobody waits for on a thread: `count` of them at once, and what became of each.
Detached begin(const GoOn&, Database& database, std::function<Result<int>(Tx&)> fn,
               std::promise<Result<int>>& to) {
  try {
    to.set_value(co_await database.writing(std::move(fn)));
  } catch (...) {
    to.set_exception(std::current_exception());
  }
}

TEST_P(WriteTest, many_writes_are_awaited_on_one_thread) {
  const GoOn at_once = [](std::coroutine_handle<> waiting) { waiting.resume(); };
  std::vector<std::promise<Result<int>>> landed(200);
  for (int number = 0; number < 200; ++number) {
    const auto add_one = [number](Tx& tx) -> Result<int> {
      add(tx, "thing " + std::to_string(number % 150));  // fifty are there already
      if (number == 7) return Refusal{Refused::invalid, "not this one"};
      return number;
    };
    begin(at_once, database(), add_one, landed[static_cast<std::size_t>(number)]);
  }
  int kept = 0, refused = 0, thrown = 0;
  for (auto& one : landed) try {
      ++(one.get_future().get().refused() ? refused : kept);
    } catch (const UniqueViolation&) {
      ++thrown;
    }
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(kept, 150);  // the second 7 took the place of the refused one
  EXPECT_EQ(thrown, 49);
  EXPECT_EQ(count(), 150);
}

Later<Result<int>> write_within(Database& database) {
  co_return co_await database.writing([&](Tx&) -> Result<int> {
    return wait_for([](Database& inner) -> Later<Result<int>> {
      co_return co_await inner.writing([](Tx&) -> Result<int> { return 1; });
    }(database));
  });
}

TEST_P(WriteTest, a_write_awaited_within_a_write_is_refused) {
  EXPECT_THROW((void)wait_for(write_within(database())), Error);
}

Detached carry(const GoOn&, Database& database, void* mine, std::promise<void*>& seen) {
  Carried::now = mine;
  const auto written = co_await database.writing([](Tx&) { return 1; });
  EXPECT_EQ(written, 1);
  seen.set_value(std::exchange(Carried::now, nullptr));
}

TEST_P(WriteTest, what_is_carried_goes_on_with_its_coroutine_and_stays_on_no_thread) {
  int mine = 0;
  const GoOn at_once = [](std::coroutine_handle<> waiting) { waiting.resume(); };
  for (int again = 0; again < 3; ++again) {
    std::promise<void*> seen;
    carry(at_once, database(), &mine, seen);
    EXPECT_EQ(Carried::now, nullptr);
    EXPECT_EQ(seen.get_future().get(), &mine);
  }
  Carried::now = &mine;
  const auto later = [](Database& inner) -> Later<int> {
    co_return co_await inner.writing([](Tx&) { return 1; });
  };
  EXPECT_EQ(wait_for(later(database())), 1);
  EXPECT_EQ(std::exchange(Carried::now, nullptr), &mine);
}

INSTANTIATE_TEST_SUITE_P(Engines, SqliteWriteTest, ::testing::Values(Engine::sqlite), support::engine_name);

}  // namespace keepsake::db

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "db/migration_text.h"
#include "db/open.h"
#include "support/databases.h"

namespace keepsake::db {
namespace {

const Migration one{1, "0001_one",
                    "CREATE TABLE one (id @id, name @text NOT NULL); INSERT INTO one (name) VALUES ('a;b')"};
const Migration two{2, "0002_two", "ALTER TABLE one ADD COLUMN data @bytes"};
const Migration three{3, "0003_three", "CREATE TABLE three (id @id)"};
const Migration broken{2, "0002_two", "CREATE TABLE half (id @id); CREATE TABLE one (id @id)"};

class MigrateTest : public ::testing::TestWithParam<Engine> {
 protected:
  int migrate_to(const std::vector<Migration>& all) { return migrate_with(*database_, all, snapshots()); }
  std::filesystem::path snapshots() const { return fresh_.folder() / "snapshots"; }
  std::vector<std::filesystem::path> written_snapshots() const {
    if (!std::filesystem::exists(snapshots())) return {};
    const std::filesystem::directory_iterator entries(snapshots());
    return {begin(entries), end(entries)};
  }
  bool works(const std::string& sql) {
    try {
      database_->read([&](Reader& reader) { reader.query(sql, [](const Row&) {}); });
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  const support::FreshDatabase fresh_{GetParam(), support::FreshDatabase::Schema::none};
  std::unique_ptr<Database> database_ = fresh_.open();
};

TEST_P(MigrateTest, brings_an_empty_database_to_the_newest_once) {
  EXPECT_EQ(migrate_to({one, two}), 2);
  EXPECT_EQ(migrate_to({one, two}), 0);
  EXPECT_TRUE(works("SELECT id, name, data FROM one"));
  EXPECT_TRUE(written_snapshots().empty());
}

TEST_P(MigrateTest, the_embedded_ones_run) {
  EXPECT_GT(migrate(*database_, snapshots()), 0);
  EXPECT_EQ(migrate(*database_, snapshots()), 0);
}

TEST_P(MigrateTest, brings_an_older_database_up_and_keeps_what_it_held) {
  migrate_to({one});
  EXPECT_EQ(migrate_to({one, two, three}), 2);
  EXPECT_TRUE(works("SELECT data FROM one"));
  const auto name = [](const Row& row) { return row.text(0); };
  EXPECT_EQ(database_->read([&](Reader& reader) { return reader.one("SELECT name FROM one", name); }), "a;b");
}

TEST_P(MigrateTest, a_database_of_a_later_program_is_refused) {
  migrate_to({one, two});
  EXPECT_THROW(migrate_to({one}), NewerSchema);
}

TEST_P(MigrateTest, a_migration_that_was_changed_or_comes_late_is_refused) {
  migrate_to({one, three});
  EXPECT_THROW(migrate_to({one, two, three}), Error);
  EXPECT_THROW(migrate_to({one, {3, "0003_three", "SELECT 1"}}), Error);
  EXPECT_THROW(migrate_to({one, {3, "0003_other", three.text}}), Error);
}

TEST_P(MigrateTest, one_that_fails_leaves_nothing_of_itself) {
  EXPECT_THROW(migrate_to({one, broken, three}), Error);
  EXPECT_TRUE(works("SELECT id FROM one"));
  EXPECT_FALSE(works("SELECT id FROM half"));
  EXPECT_EQ(migrate_to({one, two, three}), 2);
}

TEST_P(MigrateTest, several_starts_at_once_run_each_migration_once) {
  std::atomic<int> ran = 0;
  std::vector<std::thread> starts;
  for (int count = 0; count < 4; ++count)
    starts.emplace_back([&] { ran += migrate_with(*fresh_.open(), {one, two, three}, snapshots()); });
  for (auto& start : starts) start.join();
  EXPECT_EQ(ran, 3);
}

TEST_P(MigrateTest, a_snapshot_of_what_was_is_written_before_the_first_change) {
  migrate_to({one});
  migrate_to({one, two, three});
  const auto written = written_snapshots();
  ASSERT_EQ(written.size(), GetParam() == Engine::sqlite ? 1u : 0u);
  if (written.empty()) return;
  EXPECT_TRUE(written[0].filename().string().starts_with("keepsake-0002-"));
  const auto before = open_sqlite(written[0]);
  EXPECT_EQ(migrate_with(*before, {one}, fresh_.folder()), 0);
}

TEST_P(MigrateTest, snapshots_go_when_they_are_old_and_nothing_else_does) {
  const auto now = SystemClock().now();
  EXPECT_EQ(remove_snapshots(snapshots(), now), 0);
  if (GetParam() == Engine::postgres) return;
  migrate_to({one});
  migrate_to({one, two});
  std::filesystem::copy_file(written_snapshots()[0], snapshots() / "own-copy.db");
  EXPECT_EQ(remove_snapshots(snapshots(), now), 0);
  const auto written = snapshots_in(snapshots());
  ASSERT_EQ(written.size(), 1u);
  EXPECT_GE(written[0], now);
  EXPECT_EQ(remove_snapshots(snapshots(), SystemClock().now() + std::chrono::hours(1)), 1);
  EXPECT_TRUE(snapshots_in(snapshots()).empty());
  EXPECT_EQ(written_snapshots().size(), 1u);
}

TEST(ExpandMigration, placeholders_stand_outside_quotes) {
  EXPECT_EQ(expand_migration("a @bytes, '@bytes' -- @id", Engine::sqlite), "a blob, '@bytes' -- @id\n");
  EXPECT_EQ(expand_migration("a @bool", Engine::postgres), "a boolean\n");
  EXPECT_THROW(expand_migration("a @byte", Engine::sqlite), Error);
}

TEST(ExpandMigration, blocks_are_for_one_engine) {
  const auto* text = "a\n-- only: sqlite\nb\n-- end\n  -- only: postgres\nc\n-- end\nd";
  EXPECT_EQ(expand_migration(text, Engine::sqlite), "a\nb\nd\n");
  EXPECT_EQ(expand_migration(text, Engine::postgres), "a\nc\nd\n");
  for (const auto* wrong : {"-- only: sqlite\na", "-- end", "-- only: oracle\n-- end",
                            "-- only: sqlite\n-- only: postgres\n-- end"})
    EXPECT_THROW(expand_migration(wrong, Engine::sqlite), Error) << wrong;
}

}  // namespace

KEEPSAKE_ON_BOTH_ENGINES(MigrateTest);

}  // namespace keepsake::db

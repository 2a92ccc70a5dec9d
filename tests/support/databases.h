#pragma once
// Real databases for tests, a fresh one each, so that every store's tests run on both engines:
//
//   class PersonStoreTest : public keepsake::support::StoreTest {
//    protected:
//     PersonStore persons{database()};
//   };
//   TEST_P(PersonStoreTest, finds_a_person_by_name) { ... }
//   KEEPSAKE_ON_BOTH_ENGINES(PersonStoreTest);
//
// PostgreSQL is the server at KEEPSAKE_TEST_POSTGRES (see tools/postgres), or one started for this program
// and stopped at its end; where PostgreSQL is not installed its half is left out, with the word "skipped".
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "db/database.h"
#include "db/open.h"
#include "support/temporary_folder.h"

namespace keepsake::support {

// A database of its own, removed when destroyed.
class FreshDatabase {
 public:
  enum class Schema { none, newest };
  explicit FreshDatabase(db::Engine engine, Schema schema = Schema::newest);
  ~FreshDatabase();
  FreshDatabase(const FreshDatabase&) = delete;
  FreshDatabase& operator=(const FreshDatabase&) = delete;

  // Opens it, as often as wanted; what is opened must be closed before this object goes.
  std::unique_ptr<db::Database> open(const db::Options& options = {.durable = false}) const;
  // The file of a SQLite database or the address of one on PostgreSQL.
  const std::string& place() const { return place_; }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  db::Engine engine_;
  Schema schema_;
  TemporaryFolder folder_;
  std::string place_;
};

// The engines that this machine can test.
std::vector<db::Engine> engines();
std::string engine_name(const ::testing::TestParamInfo<db::Engine>& engine);

class StoreTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  db::Database& database() { return *database_; }
  const FreshDatabase& fresh() const { return fresh_; }

 private:
  FreshDatabase fresh_{GetParam()};
  std::unique_ptr<db::Database> database_ = fresh_.open();
};

}  // namespace keepsake::support

#define KEEPSAKE_ON_BOTH_ENGINES(Suite)                                                         \
  INSTANTIATE_TEST_SUITE_P(Engines, Suite, ::testing::ValuesIn(::keepsake::support::engines()), \
                           ::keepsake::support::engine_name)

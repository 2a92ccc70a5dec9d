#include "support/databases.h"

#include <iostream>

#include "support/postgres_databases.h"
#include "support/postgres_server.h"

namespace keepsake::support {
namespace {

using db::Engine;
using Schema = FreshDatabase::Schema;

// Migrated once for this program; every fresh database is a copy of it.
class SqliteTemplate {
 public:
  SqliteTemplate() { db::migrate(*db::open_sqlite(file(), {.durable = false}), folder_ / "snapshots"); }
  std::filesystem::path file() const { return folder_ / "template.db"; }

 private:
  TemporaryFolder folder_;
};

std::string make_sqlite(const std::filesystem::path& folder, Schema schema) {
  const auto file = folder / "keepsake.db";
  if (schema == Schema::newest) {
    static const SqliteTemplate migrated;
    std::filesystem::copy_file(migrated.file(), file);
  }
  return file;
}

std::string make_postgres(Schema schema) {
  return schema == Schema::newest ? take_migrated_postgres() : make_empty_postgres();
}

}  // namespace

FreshDatabase::FreshDatabase(Engine engine, Schema schema)
    : engine_(engine),
      schema_(schema),
      place_(engine == Engine::sqlite ? make_sqlite(folder_.path(), schema) : make_postgres(schema)) {}

FreshDatabase::~FreshDatabase() {
  if (engine_ == Engine::sqlite) return;
  schema_ == Schema::newest ? give_back_postgres(place_) : drop_postgres(place_);
}

std::unique_ptr<db::Database> FreshDatabase::open(const db::Options& options) const {
  return engine_ == Engine::sqlite ? db::open_sqlite(place_, options) : db::open_postgres(place_, options);
}

std::vector<Engine> engines() {
  if (postgres_installed()) return {Engine::sqlite, Engine::postgres};
  std::cerr << "PostgreSQL is not installed: its half of the tests is skipped\n";
  return {Engine::sqlite};
}

std::string engine_name(const ::testing::TestParamInfo<Engine>& engine) {
  return engine.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace keepsake::support

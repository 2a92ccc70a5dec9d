#include "support/databases.h"

#include <unistd.h>

#include <atomic>
#include <iostream>

#include "db/administer.h"
#include "support/postgres_server.h"

namespace keepsake::support {
namespace {

using db::Engine;

std::string unused_name(const std::string& kind) {
  static std::atomic<int> last = 0;
  return "keepsake_" + kind + "_" + std::to_string(::getpid()) + "_" + std::to_string(++last);
}

void administer(const std::string& statement) {
  db::run_alone(postgres_address(), statement);
}

void migrate_and_close(std::unique_ptr<db::Database> database, const std::filesystem::path& folder) {
  db::migrate(*database, folder / "snapshots");
}

// Migrated once for this program; every fresh database is a copy of it.
class SqliteTemplate {
 public:
  SqliteTemplate() { migrate_and_close(db::open_sqlite(file(), {.durable = false}), folder_.path()); }
  std::filesystem::path file() const { return folder_.path() / "template.db"; }

 private:
  TemporaryFolder folder_;
};

class PostgresTemplate {
 public:
  PostgresTemplate() : name_(unused_name("template")) {
    administer("CREATE DATABASE " + name_);
    migrate_and_close(db::open_postgres(postgres_address(name_), {.durable = false}), {});
  }
  ~PostgresTemplate() try { administer("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)"); } catch (...) {
  }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

std::string make_sqlite(const std::filesystem::path& folder, FreshDatabase::Schema schema) {
  const auto file = folder / "keepsake.db";
  if (schema == FreshDatabase::Schema::newest) {
    static const SqliteTemplate migrated;
    std::filesystem::copy_file(migrated.file(), file);
  }
  return file;
}

std::string make_postgres(FreshDatabase::Schema schema) {
  const auto name = unused_name("test");
  postgres_address();  // the server must outlive the template
  if (schema == FreshDatabase::Schema::newest) {
    static const PostgresTemplate migrated;
    administer("CREATE DATABASE " + name + " STRATEGY FILE_COPY TEMPLATE " + migrated.name());
  } else {
    administer("CREATE DATABASE " + name);
  }
  return postgres_address(name);
}

std::string database_in(const std::string& address) {
  const auto path = address.substr(0, address.find('?'));
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

FreshDatabase::FreshDatabase(Engine engine, Schema schema)
    : engine_(engine),
      place_(engine == Engine::sqlite ? make_sqlite(folder_.path(), schema) : make_postgres(schema)) {}

FreshDatabase::~FreshDatabase() try {
  if (engine_ == Engine::postgres)
    administer("DROP DATABASE IF EXISTS " + database_in(place_) + " WITH (FORCE)");
} catch (const db::Error& error) {
  std::cerr << "a test's database stays: " << error.what() << '\n';
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

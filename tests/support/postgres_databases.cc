#include "support/postgres_databases.h"

#include <unistd.h>

#include <atomic>
#include <mutex>
#include <vector>

#include "db/administer.h"
#include "db/open.h"
#include "support/postgres_server.h"

namespace keepsake::support {
namespace {

// Lays down what the migrations left, and a function that brings it back; it fails where a test changed the
// tables themselves. Foreign keys rest while rows go and come.
constexpr const char* remember = R"(
CREATE SCHEMA pristine;
CREATE FUNCTION pristine.shape() RETURNS text LANGUAGE sql AS $body$
  SELECT md5(string_agg(concat_ws(' ', relname, relkind, attname, atttypid),
                        ',' ORDER BY relname, attnum))
  FROM pg_class LEFT JOIN pg_attribute ON attrelid = pg_class.oid
  WHERE relnamespace = 'public'::regnamespace
$body$;
CREATE TABLE pristine.known AS SELECT pristine.shape() AS shape;
CREATE TABLE pristine.counters AS
  SELECT format('public.%I', sequencename) AS name, last_value FROM pg_sequences WHERE schemaname = 'public';
CREATE TABLE pristine.tables (name text, filled boolean);
DO $body$
DECLARE
  each_name text;
  has_rows boolean;
BEGIN
  FOR each_name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', each_name) INTO has_rows;
    INSERT INTO pristine.tables VALUES (each_name, has_rows);
    IF has_rows THEN
      EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', 'rows_' || each_name, each_name);
    END IF;
  END LOOP;
END $body$;
CREATE FUNCTION pristine.bring_back() RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  each_table record;
BEGIN
  IF pristine.shape() <> (SELECT shape FROM pristine.known) THEN
    RAISE EXCEPTION 'the tables were changed';
  END IF;
  SET LOCAL session_replication_role = replica;
  FOR each_table IN SELECT name, filled FROM pristine.tables LOOP
    EXECUTE format('DELETE FROM public.%I', each_table.name);
    IF each_table.filled THEN
      EXECUTE format('INSERT INTO public.%I SELECT * FROM pristine.%I', each_table.name,
                     'rows_' || each_table.name);
    END IF;
  END LOOP;
  PERFORM setval(name, coalesce(last_value, 1), last_value IS NOT NULL) FROM pristine.counters;
END $body$;
)";

std::string unused_name(const std::string& kind) {
  static std::atomic<int> last = 0;
  return "keepsake_" + kind + "_" + std::to_string(::getpid()) + "_" + std::to_string(++last);
}

void administer(const std::string& statement) {
  db::run_alone(postgres_address(), statement);
}

std::string database_in(const std::string& address) {
  const auto path = address.substr(0, address.find('?'));
  return path.substr(path.rfind('/') + 1);
}

// The databases of this program, made from one that was migrated once; all go at its end.
class Migrated {
 public:
  Migrated() : template_(make_empty_postgres()) {
    db::migrate(*db::open_postgres(template_, {.durable = false}), {});
    db::run_alone(template_, remember);
  }
  ~Migrated() {
    spare_.push_back(template_);
    for (const auto& address : spare_) drop_postgres(address);
  }
  Migrated(const Migrated&) = delete;
  Migrated& operator=(const Migrated&) = delete;

  std::string take() {
    {
      std::lock_guard lock(mutex_);
      if (!spare_.empty()) {
        auto address = std::move(spare_.back());
        spare_.pop_back();
        return address;
      }
    }
    const auto name = unused_name("test");
    administer("CREATE DATABASE " + name + " STRATEGY FILE_COPY TEMPLATE " + database_in(template_));
    return postgres_address(name);
  }

  void give_back(const std::string& address) {
    try {
      db::run_alone(address, "SELECT pristine.bring_back()");
    } catch (const db::Error&) {
      return drop_postgres(address);
    }
    std::lock_guard lock(mutex_);
    spare_.push_back(address);
  }

 private:
  std::string template_;
  std::mutex mutex_;
  std::vector<std::string> spare_;
};

Migrated& migrated() {
  postgres_address();  // the server must outlive what is on it
  static Migrated all;
  return all;
}

}  // namespace

std::string make_empty_postgres() {
  const auto name = unused_name("test");
  administer("CREATE DATABASE " + name + " STRATEGY FILE_COPY");
  return postgres_address(name);
}

// A server that is gone has taken its databases along.
void drop_postgres(const std::string& address) try {
  administer("DROP DATABASE IF EXISTS " + database_in(address) + " WITH (FORCE)");
} catch (const db::Error&) {
}

std::string take_migrated_postgres() {
  return migrated().take();
}

void give_back_postgres(const std::string& address) {
  migrated().give_back(address);
}

}  // namespace keepsake::support

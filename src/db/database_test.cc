#include "db/database.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "support/databases.h"

namespace keepsake::db {
namespace {

using namespace std::string_literals;

class DatabaseTest : public test::StoreTest {
 protected:
  DatabaseTest() {
    database().write([](Tx& tx) {
      tx.execute(
          expand_migration("CREATE TABLE thing (id @id, name @text UNIQUE, data @bytes, flag @bool, "
                           "number bigint, parent bigint REFERENCES thing (id))",
                           tx.engine()));
    });
  }
  std::int64_t add(const std::string& name) {
    return database().write([&](Tx& tx) { return insert(tx, name); });
  }
  static std::int64_t insert(Tx& tx, const std::string& name) {
    return tx.insert<RowId<int>>("INSERT INTO thing (name) VALUES ($1) RETURNING id", name).value;
  }
  std::int64_t count() {
    return database().read([](Reader& reader) {
      return reader.one("SELECT count(*) FROM thing", [](const Row& row) { return row.integer(0); });
    });
  }
};

TEST_P(DatabaseTest, text_comes_back_as_written) {
  for (const auto& text :
       {""s, "a"s, "'; DROP TABLE thing; --"s, "Tāwhiri 🕯 مرحبا"s, std::string(100'000, 'x')}) {
    database().write([&](Tx& tx) {
      tx.execute("DELETE FROM thing");
      tx.execute("INSERT INTO thing (name) VALUES ($1)", text);
    });
    const auto back = database().read([](Reader& reader) {
      return reader.one("SELECT name FROM thing", [](const Row& row) { return row.text(0); });
    });
    EXPECT_EQ(back, text);
  }
}

TEST_P(DatabaseTest, bytes_come_back_as_written_and_empty_is_not_null) {
  const Bytes zeros{std::byte{0}, std::byte{0xff}, std::byte{0}};
  for (const auto& bytes : {zeros, Bytes{}}) {
    const auto back = database().write([&](Tx& tx) {
      return tx.one(
          "INSERT INTO thing (data) VALUES ($1) RETURNING data",
          [](const Row& row) { return row.maybe_bytes(0); }, bytes);
    });
    EXPECT_EQ(back, std::optional(bytes));
  }
}

}  // namespace

KEEPSAKE_ON_BOTH_ENGINES(DatabaseTest);

}  // namespace keepsake::db

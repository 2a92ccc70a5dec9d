#include "db/database.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/databases.h"

namespace keepsake::db {
namespace {

using namespace std::string_literals;

class ValuesTest : public support::StoreTest {
 protected:
  ValuesTest() {
    database().write([](Tx& tx) {
      tx.execute(expand_migration(
          "CREATE TABLE thing (id @id, name @text, data @bytes, flag @bool, number bigint)", tx.engine()));
    });
  }

  ~ValuesTest() override {
    database().write([](Tx& tx) { tx.execute("DROP TABLE thing"); });
  }

  // Writes one value into `column` and reads it back.
  template <class Value, class Read>
  auto there_and_back(const std::string& column, const Value& value, Read&& read) {
    return database().write([&](Tx& tx) {
      tx.execute("DELETE FROM thing");
      tx.execute("INSERT INTO thing (" + column + ") VALUES ($1)", value);
      return tx.one("SELECT " + column + " FROM thing", read);
    });
  }

  template <class Read>
  void read_thing(const std::string& columns, Read&& read) {
    database().read([&](Reader& reader) { reader.query("SELECT " + columns + " FROM thing", read); });
  }

  void write_one_of_each() {
    database().write([](Tx& tx) {
      tx.execute("INSERT INTO thing (name, data, flag, number) VALUES ($1, $2, $3, $4)", "a", Bytes(2), true,
                 7);
    });
  }
};

TEST_P(ValuesTest, text_comes_back_as_written) {
  for (const auto& text : {""s, "a"s, "'; DROP TABLE thing; --"s, "00123"s,
                           "T\u0101whiri \U0001F56F \u0645\u0631"s, std::string(100'000, 'x')})
    EXPECT_EQ(there_and_back("name", text, [](const Row& row) { return row.text(0); }), text);
}

TEST_P(ValuesTest, bytes_come_back_as_written) {
  Bytes every(256);
  for (std::size_t at = 0; at < every.size(); ++at) every[at] = static_cast<std::byte>(at);
  for (const auto& bytes : {every, Bytes{std::byte{0}}, to_bytes("00123")})
    EXPECT_EQ(there_and_back("data", bytes, [](const Row& row) { return row.bytes(0); }), bytes);
}

TEST_P(ValuesTest, integers_keep_all_their_bits) {
  using Limits = std::numeric_limits<std::int64_t>;
  for (const auto number : {Limits::min(), std::int64_t{-1}, std::int64_t{0}, std::int64_t{128},
                            std::int64_t{1} << 32, Limits::max()})
    EXPECT_EQ(there_and_back("number", number, [](const Row& row) { return row.integer(0); }), number);
}

TEST_P(ValuesTest, booleans_times_and_public_ids) {
  for (const bool flag : {true, false})
    EXPECT_EQ(there_and_back("flag", flag, [](const Row& row) { return row.boolean(0); }), flag);
  const auto time = from_micros(-1'700'000'000'123'456);
  EXPECT_EQ(there_and_back("number", time, [](const Row& row) { return row.time(0); }), time);
  const auto id = PublicId::random();
  EXPECT_EQ(there_and_back("data", id, [](const Row& row) { return row.public_id(0); }), id);
}

TEST_P(ValuesTest, empty_is_not_null) {
  const auto text = [](const Row& row) { return row.maybe_text(0); };
  const auto bytes = [](const Row& row) { return row.maybe_bytes(0); };
  EXPECT_EQ(there_and_back("name", std::string_view(), text), std::optional(""s));
  EXPECT_EQ(there_and_back("data", ByteView(), bytes), std::optional(Bytes()));
  EXPECT_EQ(there_and_back("name", std::nullopt, text), std::nullopt);
  EXPECT_EQ(there_and_back("data", std::optional<Bytes>(), bytes), std::nullopt);
}

TEST_P(ValuesTest, a_null_of_a_known_type_may_stand_anywhere) {
  const auto is_null = [this](const auto& value) {
    return database().read([&](Reader& reader) {
      return reader.one("SELECT $1 IS NULL", [](const Row& row) { return row.boolean(0); }, value);
    });
  };
  EXPECT_TRUE(is_null(std::optional<std::int64_t>()));
  EXPECT_TRUE(is_null(std::optional<bool>()));
  EXPECT_TRUE(is_null(std::optional<std::string>()));
  EXPECT_TRUE(is_null(std::optional<PublicId>()));
  EXPECT_TRUE(is_null(std::optional<Time>()));
  EXPECT_TRUE(is_null(std::optional<PersonId>()));
  EXPECT_FALSE(is_null(std::optional(PersonId{1})));
}

TEST_P(ValuesTest, another_type_than_stored_throws) {
  write_one_of_each();
  read_thing("name, data, flag, number", [](const Row& row) {
    EXPECT_THROW(row.integer(0), Error);
    EXPECT_THROW(row.bytes_view(0), Error);
    EXPECT_THROW(row.text_view(1), Error);
    EXPECT_THROW(row.text_view(3), Error);
    EXPECT_THROW(row.boolean(3), Error);
    EXPECT_THROW(row.integer(4), Error);
    EXPECT_THROW(row.is_null(-1), Error);
  });
}

TEST_P(ValuesTest, null_without_the_optional_form_throws) {
  database().write([](Tx& tx) { tx.execute("INSERT INTO thing (name) VALUES ($1)", std::nullopt); });
  read_thing("name, data, flag, number", [](const Row& row) {
    EXPECT_THROW(row.text(0), Error);
    EXPECT_THROW(row.bytes(1), Error);
    EXPECT_THROW(row.boolean(2), Error);
    EXPECT_THROW(row.integer(3), Error);
  });
}

TEST_P(ValuesTest, text_with_a_nul_or_broken_utf8_is_refused) {
  const auto write = [this](std::string_view text) {
    database().write([&](Tx& tx) { tx.execute("INSERT INTO thing (name) VALUES ($1)", text); });
  };
  EXPECT_THROW(write(std::string_view("a\0b", 3)), Error);
  EXPECT_THROW(write("\xff"), Error);
}

TEST_P(ValuesTest, text_is_ordered_by_its_bytes) {
  database().write([](Tx& tx) {
    for (const auto* name : {"b", "B", "\u00e4", "a"})
      tx.execute("INSERT INTO thing (name) VALUES ($1)", name);
  });
  const auto names = database().read([](Reader& reader) {
    return reader.all("SELECT name FROM thing ORDER BY name", [](const Row& row) { return row.text(0); });
  });
  EXPECT_EQ(names, (std::vector{"B"s, "a"s, "b"s, "\u00e4"s}));
}

TEST_P(ValuesTest, a_list_of_keys_selects_its_rows) {
  database().write([](Tx& tx) {
    for (int number = 1; number <= 5; ++number) tx.execute("INSERT INTO thing (number) VALUES ($1)", number);
  });
  const auto chosen = [this](const std::vector<std::int64_t>& keys) {
    return database().read([&](Reader& reader) {
      const auto sql = "SELECT number FROM thing WHERE number > $1 AND " +
                       keys_in(reader.engine(), "number", 2) + " ORDER BY number";
      return reader.all(sql, [](const Row& row) { return row.integer(0); }, 1, std::span(keys));
    });
  };
  EXPECT_EQ(chosen({5, 3, 1, 99, -9'000'000'000}), (std::vector<std::int64_t>{3, 5}));
  EXPECT_EQ(chosen({}), std::vector<std::int64_t>{});
}

TEST_P(ValuesTest, keys_are_never_given_twice) {
  const auto add = [this] {
    return database().write(
        [](Tx& tx) { return tx.insert<PersonId>("INSERT INTO thing (name) VALUES ($1) RETURNING id", "a"); });
  };
  const auto first = add();
  database().write([](Tx& tx) { tx.execute("DELETE FROM thing"); });
  EXPECT_GT(add(), first);
}

class StatementsTest : public ValuesTest {
 protected:
  template <class... A>
  void expect_refused(const char* sql, const A&... args) {
    EXPECT_THROW(database().read([&](Reader& reader) { reader.query(sql, [](const Row&) {}, args...); }),
                 Error)
        << sql;
  }
};

TEST_P(StatementsTest, parameters_stand_in_order_and_each_has_a_value) {
  expect_refused("SELECT name FROM thing WHERE number = $2 AND name = $1", 1, "a");
  expect_refused("SELECT name FROM thing WHERE number = $1 AND name = $3", 1, "a");
  expect_refused("SELECT name FROM thing WHERE number = $1");
  expect_refused("SELECT name FROM thing WHERE number = $1", 1, 2);
  expect_refused("SELECT name FROM thing", 1);
  expect_refused("SELECT name FROM thing WHERE number = ?", 1);
  expect_refused("SELECT name FROM thing; SELECT name FROM thing");
  expect_refused("SELEC");
}

TEST_P(StatementsTest, a_parameter_may_stand_twice) {
  const auto sum = database().read([](Reader& reader) {
    return reader.one("SELECT $1 * $2 + $1", [](const Row& row) { return row.integer(0); }, 2, 3);
  });
  EXPECT_EQ(sum, 8);
}

TEST_P(StatementsTest, the_same_statement_may_run_within_its_own_rows) {
  database().write([](Tx& tx) {
    for (int number = 0; number < 3; ++number) tx.execute("INSERT INTO thing (number) VALUES ($1)", number);
  });
  const char* sql = "SELECT number FROM thing WHERE number >= $1";
  int seen = 0;
  database().read([&](Reader& reader) {
    reader.query(
        sql, [&](const Row& row) { reader.query(sql, [&](const Row&) { ++seen; }, row.integer(0)); }, 0);
  });
  EXPECT_EQ(seen, 6);
}

TEST_P(StatementsTest, many_different_statements_are_fine) {
  database().read([&](Reader& reader) {
    for (int number = 0; number < 1100; ++number) {
      const auto sql = "SELECT " + std::to_string(number) + " + $1";
      EXPECT_EQ(reader.one(sql, [](const Row& row) { return row.integer(0); }, 1), number + 1);
    }
  });
}

TEST_P(StatementsTest, a_row_that_must_be_there_and_is_not_throws) {
  const auto name = [](const Row& row) { return row.text(0); };
  database().read([&](Reader& reader) {
    EXPECT_THROW(reader.one("SELECT name FROM thing", name), Error);
    EXPECT_EQ(reader.maybe("SELECT name FROM thing", name), std::nullopt);
    EXPECT_FALSE(reader.exists("SELECT 1 FROM thing"));
  });
}

TEST_P(StatementsTest, execute_tells_how_many_rows_changed) {
  database().write([](Tx& tx) {
    EXPECT_EQ(tx.execute("INSERT INTO thing (number) VALUES ($1), ($2)", 1, 2), 2);
    EXPECT_EQ(tx.execute("UPDATE thing SET name = $1", "a"), 2);
    EXPECT_EQ(tx.execute("DELETE FROM thing WHERE number = $1", 9), 0);
    EXPECT_EQ(tx.execute("DELETE FROM thing WHERE number = $1", 1), 1);
    EXPECT_EQ(tx.execute("CREATE TABLE other (number bigint)"), 0);
    EXPECT_EQ(tx.execute("DROP TABLE other"), 0);
    EXPECT_EQ(tx.execute("SELECT number FROM thing"), 0);
  });
}

}  // namespace

KEEPSAKE_ON_BOTH_ENGINES(ValuesTest);
KEEPSAKE_ON_BOTH_ENGINES(StatementsTest);

}  // namespace keepsake::db

#include "db/sql_text.h"

#include <gtest/gtest.h>

#include "db/database.h"

namespace keepsake::db {
namespace {

using Statements = std::vector<std::string>;

TEST(SplitStatements, divides_at_semicolons_and_drops_what_is_empty) {
  EXPECT_EQ(split_statements(""), Statements{});
  EXPECT_EQ(split_statements(" ;; -- nothing; here\n /* or; here */ ;"), Statements{});
  EXPECT_EQ(split_statements("a; b ;\nc"), (Statements{"a", "b", "c"}));
}

TEST(SplitStatements, respects_quotes_and_comments) {
  EXPECT_EQ(split_statements("a ';' \";\" ''';'; b -- ;\nc; d /* ; */ e"),
            (Statements{"a ';' \";\" ''';'", "b -- ;\nc", "d /* ; */ e"}));
  EXPECT_EQ(split_statements("a $$ ; $$; b $x$ ; $$ ; $x$; c"),
            (Statements{"a $$ ; $$", "b $x$ ; $$ ; $x$", "c"}));
  EXPECT_EQ(split_statements("a 'never closed; b"), Statements{"a 'never closed; b"});
}

TEST(SplitStatements, keeps_a_trigger_of_sqlite_whole) {
  const std::string trigger =
      "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; END";
  EXPECT_EQ(split_statements(trigger + "; CREATE TABLE e (f)"), (Statements{trigger, "CREATE TABLE e (f)"}));
  EXPECT_EQ(split_statements("CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f(); b").size(), 2u);
}

TEST(CountParameters, counts_those_outside_quotes) {
  EXPECT_EQ(count_parameters("SELECT 1"), 0u);
  EXPECT_EQ(count_parameters("$1, $2, $1, $3, '$9', \"$9\", -- $9\n $tag$ $9 $tag$"), 3u);
}

TEST(CountParameters, refuses_another_order_than_1_2_3) {
  for (const auto* sql : {"$2", "$1 $3", "$2 $1", "$0", "$"})
    EXPECT_THROW(count_parameters(sql), Error) << sql;
}

}  // namespace
}  // namespace keepsake::db

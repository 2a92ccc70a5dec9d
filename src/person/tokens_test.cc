#include "person/tokens.h"

#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class TokensTest : public support::StoreTest {
 protected:
  Result<CreatedToken> create(std::string_view label) {
    return persons_.write([&](db::Tx& tx) { return persons_.tokens.create(tx, ana_, label); });
  }
  std::optional<TokenInfo> find(std::string_view text) {
    return persons_.read([&](db::Reader& reader) { return persons_.tokens.find(reader, text); });
  }
  std::vector<TokenListed> list() {
    return persons_.read([&](db::Reader& reader) { return persons_.tokens.list(reader, ana_); });
  }
  support::Persons persons_{database()};
  PersonId ana_ = persons_.add("ana");
};
KEEPSAKE_ON_BOTH_ENGINES(TokensTest);

TEST_P(TokensTest, ActAsTheirPerson) {
  const CreatedToken token = *create("my script");
  EXPECT_TRUE(token.text.starts_with("keepsake_"));
  EXPECT_EQ(token.text.size(), 61u);
  const auto info = find(token.text);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->person, ana_);
  EXPECT_EQ(info->name, "ana");
  EXPECT_FALSE(info->host);
  EXPECT_FALSE(find(""));
  EXPECT_FALSE(find(token.text.substr(9)));
  EXPECT_FALSE(find("keepsake_" + std::string(52, 'a')));
}

TEST_P(TokensTest, AreListedAndRevoked) {
  const CreatedToken first = *create("first");
  const CreatedToken second = *create("");
  ASSERT_EQ(list().size(), 2u);
  EXPECT_EQ(list()[0].label, "token");
  EXPECT_EQ(list()[1].label, "first");
  const PersonId bea = persons_.add("bea");
  persons_.write([&](db::Tx& tx) {
    EXPECT_FALSE(persons_.tokens.revoke(tx, bea, first.id));
    EXPECT_TRUE(persons_.tokens.revoke(tx, ana_, first.id));
  });
  EXPECT_FALSE(find(first.text));
  EXPECT_TRUE(find(second.text));
}

TEST_P(TokensTest, NoteTheirUseAtMostHourly) {
  const CreatedToken token = *create("");
  EXPECT_FALSE(list().front().last_used);
  persons_.tokens.touch(*find(token.text));
  const Time used = persons_.clock.now();
  EXPECT_EQ(list().front().last_used, used);
  persons_.clock.advance(30min);
  persons_.tokens.touch(*find(token.text));
  EXPECT_EQ(list().front().last_used, used);
  persons_.clock.advance(30min);
  persons_.tokens.touch(*find(token.text));
  EXPECT_EQ(list().front().last_used, used + 1h);
}

TEST_P(TokensTest, AreBounded) {
  EXPECT_EQ(create(std::string(81, 'x')).refusal().kind, Refused::invalid);
  EXPECT_EQ(create("a\x01").refusal().kind, Refused::invalid);
  for (int i = 0; i < Tokens::most; ++i) EXPECT_FALSE(create("x").refused());
  EXPECT_EQ(create("x").refusal().kind, Refused::conflict);
}

}  // namespace
}  // namespace keepsake

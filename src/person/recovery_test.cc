#include "person/recovery.h"

#include <set>

#include "base/text.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class RecoveryTest : public support::StoreTest {
 protected:
  std::vector<std::string> make_codes() {
    return persons_.write([&](db::Tx& tx) { return persons_.recovery.make_codes(tx, ana_); });
  }
  std::string make_link() {
    return persons_.write([&](db::Tx& tx) { return persons_.recovery.make_link(tx, ana_); });
  }
  Result<PersonId> use_code(std::string_view name, std::string_view code,
                            std::string_view password = "quite another one") {
    return persons_.recovery.use_code(name, code, password, "192.0.2.1");
  }
  Result<PersonId> use_link(std::string_view secret, std::string_view password = "quite another one") {
    return persons_.recovery.use_link(secret, password, "192.0.2.1");
  }
  int codes_left() {
    return persons_.read([&](db::Reader& reader) { return Recovery::codes_left(reader, ana_); });
  }
  bool signs_in(std::string_view password) {
    return !persons_.sign_in.with_password("ana", password, {}).refused();
  }
  AccountEvent last_event() {
    return persons_.read([&](db::Reader& reader) { return People::events(reader, ana_).front().event; });
  }
  support::Persons persons_{database()};
  PersonId ana_ = persons_.add("ana");
};
KEEPSAKE_ON_BOTH_ENGINES(RecoveryTest);

TEST_P(RecoveryTest, ACodeSetsANewPasswordOnce) {
  const auto codes = make_codes();
  EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), 10u);
  EXPECT_EQ(codes[0].size(), 19u);
  EXPECT_EQ(codes_left(), 10);
  EXPECT_EQ(*use_code("Ana", codes[3]), ana_);
  EXPECT_TRUE(signs_in("quite another one"));
  EXPECT_FALSE(signs_in(support::password));
  EXPECT_EQ(codes_left(), 9);
  EXPECT_EQ(last_event(), AccountEvent::recovery_code_used);
  EXPECT_EQ(use_code("ana", codes[3]).refusal().kind, Refused::sign_in);
}

TEST_P(RecoveryTest, ACodeIsReadAsItWasWritten) {
  std::string code = make_codes()[0];
  for (char& c : code) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
  EXPECT_FALSE(use_code("ana", " " + code + " ").refused());
}

TEST_P(RecoveryTest, WrongNamesAndWrongCodesAreAlike) {
  const auto codes = make_codes();
  persons_.add("bea");
  const Refusal wrong = use_code("ana", "aaaa-aaaa-aaaa-aaaa").refusal();
  EXPECT_EQ(wrong.kind, Refused::sign_in);
  EXPECT_EQ(use_code("bea", codes[0]).refusal().sentence, wrong.sentence);
  EXPECT_EQ(use_code("absent", codes[0]).refusal().sentence, wrong.sentence);
  EXPECT_EQ(use_code("ana", "").refusal().sentence, wrong.sentence);
  EXPECT_EQ(use_code("a\nb", std::string(1'000'000, 'a')).refusal().sentence, wrong.sentence);
  persons_.people.suspend(ana_).value();
  EXPECT_EQ(use_code("ana", codes[0]).refusal().sentence, wrong.sentence);
}

TEST_P(RecoveryTest, GuessingIsBounded) {
  const auto codes = make_codes();
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(use_code("ana", "aaaa-aaaa-aaaa-aaaa").refusal().kind, Refused::sign_in);
  EXPECT_EQ(use_code("ana", codes[0]).refusal().kind, Refused::too_many);
  persons_.clock.advance(1min);
  EXPECT_FALSE(use_code("ana", codes[0]).refused());
}

TEST_P(RecoveryTest, ARefusedPasswordLeavesTheCode) {
  const auto codes = make_codes();
  EXPECT_EQ(use_code("ana", codes[0], "short").refusal().field, "password");
  EXPECT_FALSE(use_code("ana", codes[0]).refused());
}

TEST_P(RecoveryTest, NewCodesEndTheOldOnes) {
  const auto old = make_codes();
  const auto fresh = make_codes();
  EXPECT_EQ(codes_left(), 10);
  EXPECT_TRUE(use_code("ana", old[0]).refused());
  EXPECT_FALSE(use_code("ana", fresh[0]).refused());
}

TEST_P(RecoveryTest, EndsAllSessionsAndTokens) {
  const auto codes = make_codes();
  const StartedSession session =
      persons_.sign_in.with_password("ana", support::password, {})->session.value();
  const auto token = *persons_.write([&](db::Tx& tx) { return persons_.tokens.create(tx, ana_, ""); });
  EXPECT_FALSE(use_code("ana", codes[0]).refused());
  persons_.read([&](db::Reader& reader) {
    EXPECT_FALSE(persons_.sessions.find(reader, session.token));
    EXPECT_FALSE(persons_.tokens.find(reader, token.text));
  });
}

TEST_P(RecoveryTest, ALinkSetsANewPasswordOnce) {
  const std::string secret = make_link();
  EXPECT_EQ(last_event(), AccountEvent::recovery_link_made);
  const auto whose = persons_.read([&](db::Reader& r) { return persons_.recovery.find_link(r, secret); });
  ASSERT_TRUE(whose);
  EXPECT_EQ(whose->name, "ana");
  EXPECT_EQ(use_link(secret, "short").refusal().field, "password");
  EXPECT_EQ(*use_link(secret), ana_);
  EXPECT_TRUE(signs_in("quite another one"));
  EXPECT_EQ(last_event(), AccountEvent::recovery_link_used);
  EXPECT_EQ(use_link(secret).refusal().kind, Refused::gone);
}

TEST_P(RecoveryTest, ALinkEndsAfterADayOrWithANewerOne) {
  const std::string first = make_link();
  const std::string second = make_link();
  EXPECT_EQ(use_link(first).refusal().kind, Refused::gone);
  persons_.clock.advance(24h);
  EXPECT_EQ(use_link(second).refusal().kind, Refused::gone);
  EXPECT_EQ(use_link("").refusal().kind, Refused::gone);
  EXPECT_TRUE(signs_in(support::password));
}

}  // namespace
}  // namespace keepsake

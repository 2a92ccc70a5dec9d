#include "person/setup.h"

#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

class SetupTest : public support::StoreTest {
 protected:
  std::string make_link() {
    return persons_.write([&](db::Tx& tx) { return persons_.setup.make_link(tx); });
  }
  bool works(std::string_view secret) {
    return persons_.read([&](db::Reader& reader) { return Setup::link_works(reader, secret); });
  }
  bool needed() {
    return persons_.read([](db::Reader& reader) { return Setup::needed(reader); });
  }
  Result<PersonId> complete(std::string_view secret, const std::string& name = "hana") {
    return persons_.setup.complete(secret, {name, "Hana", support::password, false}, "192.0.2.1");
  }
  support::Persons persons_{database()};
};
KEEPSAKE_ON_BOTH_ENGINES(SetupTest);

TEST_P(SetupTest, TheLinkMakesTheHostOnce) {
  const std::string before_restart = make_link();
  const std::string secret = make_link();
  EXPECT_TRUE(needed());
  EXPECT_TRUE(works(before_restart));
  EXPECT_EQ(complete(secret, "root").refusal().field, "name");
  const auto host = complete(secret);
  ASSERT_FALSE(host.refused());
  EXPECT_TRUE(persons_.read([&](db::Reader& r) { return People::find(r, host.value()); })->host);
  EXPECT_FALSE(needed());
  EXPECT_FALSE(works(secret));
  EXPECT_EQ(complete(secret, "ana").refusal().kind, Refused::gone);
  EXPECT_EQ(complete(before_restart, "ana").refusal().kind, Refused::gone);
}

TEST_P(SetupTest, OnlyTheNewestFiveLinksWork) {
  const std::string first = make_link();
  for (int i = 0; i < 4; ++i) make_link();
  EXPECT_TRUE(works(first));
  make_link();
  EXPECT_FALSE(works(first));
}

TEST_P(SetupTest, AHostMadeByCommandEndsIt) {
  const std::string secret = make_link();
  persons_.add("ana");
  EXPECT_TRUE(works(secret));
  persons_.add("hana", true);
  EXPECT_FALSE(works(secret));
  EXPECT_EQ(complete(secret).refusal().kind, Refused::gone);
}

TEST_P(SetupTest, GuessingIsBounded) {
  const std::string secret = make_link();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(complete("guess").refusal().kind, Refused::gone);
  EXPECT_EQ(complete(secret).refusal().kind, Refused::too_many);
}

TEST_P(SetupTest, RemembersThatThePhraseWasWrittenDown) {
  const auto confirmed = [&] {
    return persons_.read([](db::Reader& reader) { return Setup::phrase_confirmed(reader); });
  };
  EXPECT_FALSE(confirmed());
  for (int i = 0; i < 2; ++i) persons_.write([&](db::Tx& tx) { persons_.setup.confirm_phrase(tx); });
  EXPECT_TRUE(confirmed());
}

}  // namespace
}  // namespace keepsake

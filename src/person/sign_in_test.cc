#include "person/sign_in.h"

#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class SignInTest : public support::StoreTest {
 protected:
  Result<StartedSession> sign_in(std::string_view name, std::string_view password,
                                 std::string_view address = "192.0.2.1") {
    auto entry = persons_.sign_in.with_password(name, password, {std::string(address), ""});
    if (entry.refused()) return entry.refusal();
    return entry->session.value();
  }
  support::Persons persons_{database()};
  PersonId ana_ = persons_.add("ana");
};
KEEPSAKE_ON_BOTH_ENGINES(SignInTest);

TEST_P(SignInTest, NameAndPasswordBecomeASession) {
  const auto session = sign_in(" @Ana ", support::password);
  ASSERT_FALSE(session.refused());
  EXPECT_EQ(session.value().person, ana_);
  EXPECT_TRUE(persons_.read(
      [&](db::Reader& reader) { return persons_.sessions.find(reader, session.value().token); }));
}

// An answer must not tell whether a name is here: one sentence, and the same number of hashes.
TEST_P(SignInTest, WrongNamesAndWrongPasswordsAreAlike) {
  std::uint64_t before = persons_.passwords.verifications();
  const Refusal wrong = sign_in("ana", "not the password").refusal();
  EXPECT_EQ(wrong.kind, Refused::sign_in);
  EXPECT_EQ(persons_.passwords.verifications(), ++before);
  for (const auto& name : {std::string("nobody-here"), std::string("no name at all"), std::string("a\0b", 3),
                           std::string(100'000, 'x'), std::string("host")}) {
    const Refusal refusal = sign_in(name, support::password).refusal();
    EXPECT_EQ(refusal.kind, wrong.kind);
    EXPECT_EQ(refusal.sentence, wrong.sentence);
    EXPECT_EQ(refusal.field, wrong.field);
    EXPECT_EQ(persons_.passwords.verifications(), ++before) << name.substr(0, 20);
  }
}

TEST_P(SignInTest, WhoIsSuspendedLearnsItByTheirPasswordAlone) {
  const PersonId bea = persons_.add("bea");
  EXPECT_FALSE(persons_.people.suspend(bea).refused());
  const Time since = persons_.clock.now();
  const auto day = [](Time time) {
    return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
  };
  const std::string wrong = sign_in("ana", "not the password").refusal().sentence;
  EXPECT_EQ(sign_in("bea", "not the password").refusal().sentence, wrong);

  std::uint64_t before = persons_.passwords.verifications();
  const Refusal suspended = sign_in("bea", support::password).refusal();
  EXPECT_EQ(persons_.passwords.verifications(), ++before);
  EXPECT_EQ(suspended.kind, Refused::sign_in);
  EXPECT_EQ(suspended.phrase.id, "refused_suspended");
  EXPECT_EQ(suspended.phrase.number, day(since));
  EXPECT_NE(suspended.sentence.find("2023-11-14"), std::string::npos) << suspended.sentence;

  EXPECT_FALSE(persons_.people.set_aside(bea).refused());
  const Refusal removed = sign_in("bea", support::password).refusal();
  EXPECT_EQ(removed.phrase.id, "refused_removed");
  EXPECT_EQ(removed.phrase.number, day(since) + 30);
  EXPECT_EQ(sign_in("bea", "not the password").refusal().sentence, wrong);
}

TEST_P(SignInTest, GuessingANameIsBoundedFromEverywhere) {
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(sign_in("ana", "guess", "192.0.2." + std::to_string(i)).refusal().kind, Refused::sign_in);
  EXPECT_EQ(sign_in("ana", "guess", "192.0.2.99").refusal().kind, Refused::too_many);
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(sign_in("absent", "guess", "192.0.2." + std::to_string(i)).refusal().kind, Refused::sign_in);
  EXPECT_EQ(sign_in("absent", "guess", "192.0.2.99").refusal().kind, Refused::too_many);
  persons_.clock.advance(1min);
  EXPECT_FALSE(sign_in("ana", support::password).refused());
}

TEST_P(SignInTest, GuessingManyNamesIsBoundedByTheNetwork) {
  for (int i = 0; i < 30; ++i)
    EXPECT_EQ(sign_in("n" + std::to_string(i), "guess", "2001:db8::" + std::to_string(i)).refusal().kind,
              Refused::sign_in);
  EXPECT_EQ(sign_in("ana", support::password, "2001:db8::ffff").refusal().kind, Refused::too_many);
  EXPECT_FALSE(sign_in("ana", support::password, "2001:db8:0:1::1").refused());
}

// Somebody who guesses a name must not keep its owner out of where they signed in before.
TEST_P(SignInTest, AKnownDeviceHasTriesOfItsOwn) {
  const auto on = [&](const std::string& device, std::string_view typed, const char* address = "192.0.2.1") {
    return persons_.sign_in.with_password("ana", typed, {address, "", "", device});
  };
  const std::string device = sign_in("ana", support::password)->device;
  for (int i = 0; i < 40; ++i) static_cast<void>(sign_in("ana", "guess"));
  EXPECT_EQ(sign_in("ana", support::password).refusal().kind, Refused::too_many);
  EXPECT_EQ(on(std::string(52, 'a'), support::password).refusal().kind, Refused::too_many);
  const std::string fresh = on(device, support::password)->session->device;
  // The same device is no key to another name, and its tries are bounded too.
  persons_.add("bea");
  EXPECT_EQ(
      persons_.sign_in.with_password("bea", support::password, {"192.0.2.1", "", "", fresh}).refusal().kind,
      Refused::too_many);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(on(fresh, "guess").refusal().kind, Refused::sign_in);
  EXPECT_EQ(on(fresh, support::password, "192.0.2.77").refusal().kind, Refused::too_many);
  persons_.clock.advance(1min);
  EXPECT_FALSE(on(fresh, support::password).refused());
}

TEST_P(SignInTest, SigningInOftenIsNoGuessing) {
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(sign_in("ana", support::password).refused());
}

TEST_P(SignInTest, MakesAnOldHashAnew) {
  Passwords costlier({2, 16384});
  SignIn later({database(), costlier, persons_.sessions, persons_.second_step, persons_.passkeys,
                persons_.recovery, persons_.key, persons_.clock});
  const auto hash = [&] {
    return persons_.read([](db::Reader& reader) {
      return reader.one("SELECT password_hash FROM person WHERE name = 'ana'",
                        [](const db::Row& row) { return PasswordHash{row.text(0)}; });
    });
  };
  EXPECT_TRUE(costlier.outdated(hash()));
  EXPECT_FALSE(later.with_password("ana", support::password, {}).refused());
  EXPECT_FALSE(costlier.outdated(hash()));
  EXPECT_FALSE(later.with_password("ana", support::password, {}).refused());
}

}  // namespace
}  // namespace keepsake

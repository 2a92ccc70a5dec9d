#include "person/second_step.h"

#include <algorithm>

#include "person/totp.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;

class SecondStepTest : public support::StoreTest {
 protected:
  Bytes begin() {
    return *persons_.write([&](db::Tx& tx) { return persons_.second_step.begin(tx, ana_); });
  }
  std::string code(const Bytes& secret, int steps_on = 0) const {
    return totp::code_of(secret, totp::step_at(persons_.clock.now()) + steps_on);
  }
  // A second step that is on; its first code was taken a minute ago.
  Bytes turn_on() {
    Bytes secret = begin();
    persons_.second_step.confirm(ana_, code(secret)).value();
    persons_.clock.advance(1min);
    return secret;
  }
  bool is_asked() {
    return persons_.read([&](db::Reader& reader) { return SecondStep::is_asked(reader, ana_); });
  }
  SecondStep::Standing standing() {
    return persons_.read([&](db::Reader& reader) { return persons_.second_step.standing(reader, ana_); });
  }
  std::vector<AccountEvent> events() {
    std::vector<AccountEvent> said;
    for (const auto& event : persons_.read([&](db::Reader& reader) { return People::events(reader, ana_); }))
      said.push_back(event.event);
    return said;
  }
  Entry enter(std::string_view password = support::password) {
    return *persons_.sign_in.with_password("ana", password, client_);
  }
  Result<StartedSession> step(const std::string& ticket, std::string_view typed) {
    return persons_.sign_in.with_code(ticket, typed, client_);
  }

  support::Persons persons_{database()};
  PersonId ana_ = persons_.add("ana");
  Client client_{"192.0.2.1", ""};
};
KEEPSAKE_ON_BOTH_ENGINES(SecondStepTest);

TEST_P(SecondStepTest, NothingIsAskedBeforeAFirstCodeWasRight) {
  EXPECT_FALSE(standing().begun);
  const Bytes secret = begin();
  EXPECT_EQ(secret.size(), totp::secret_bytes);
  EXPECT_TRUE(standing().begun);
  EXPECT_FALSE(is_asked());
  EXPECT_TRUE(enter().session);
  const Refusal wrong = persons_.second_step.confirm(ana_, "12345").refusal();
  EXPECT_EQ(wrong.kind, Refused::invalid);
  EXPECT_EQ(wrong.field, "code");
  EXPECT_FALSE(is_asked());
  std::string spaced = code(secret);
  spaced.insert(3, " ");
  EXPECT_FALSE(persons_.second_step.confirm(ana_, spaced).refused());
  EXPECT_EQ(standing().since, persons_.clock.now());
  EXPECT_FALSE(enter().session);
}

TEST_P(SecondStepTest, TheSecretIsKeptSealedAndForItsPersonAlone) {
  const Bytes secret = begin();
  const auto kept = persons_.read([](db::Reader& reader) {
    return reader.one("SELECT secret FROM totp", [](const db::Row& row) { return row.bytes(0); });
  });
  EXPECT_EQ(std::search(kept.begin(), kept.end(), secret.begin(), secret.end()), kept.end());
  const PersonId bea = persons_.add("bea");
  persons_.write([&](db::Tx& tx) { tx.execute("UPDATE totp SET person = $1", bea); });
  EXPECT_THROW(static_cast<void>(persons_.second_step.confirm(bea, code(secret))), std::runtime_error);
}

TEST_P(SecondStepTest, BeginningAnewEndsWhatWasBegun) {
  const Bytes first = begin();
  const Bytes second = begin();
  EXPECT_NE(first, second);
  EXPECT_TRUE(persons_.second_step.confirm(ana_, code(first)).refused());
  EXPECT_FALSE(persons_.second_step.confirm(ana_, code(second)).refused());
  EXPECT_EQ(persons_.write([&](db::Tx& tx) { return persons_.second_step.begin(tx, ana_); }).refusal().kind,
            Refused::conflict);
  EXPECT_EQ(persons_.second_step.confirm(ana_, code(second, 1)).refusal().kind, Refused::conflict);
}

TEST_P(SecondStepTest, WhatWasBegunEndsWithinTheHour) {
  const Bytes secret = begin();
  persons_.clock.advance(SecondStep::setup_time);
  EXPECT_FALSE(standing().begun);
  EXPECT_EQ(persons_.second_step.confirm(ana_, code(secret)).refusal().kind, Refused::gone);
}

TEST_P(SecondStepTest, GuessingTheFirstCodeIsBounded) {
  begin();
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(persons_.second_step.confirm(ana_, "none").refusal().kind, Refused::invalid);
  EXPECT_EQ(persons_.second_step.confirm(ana_, "none").refusal().kind, Refused::too_many);
}

TEST_P(SecondStepTest, APasswordLeadsToACodeAndTheCodeToASession) {
  const Bytes secret = turn_on();
  const Entry entry = enter();
  ASSERT_FALSE(entry.session);
  EXPECT_TRUE(persons_.sign_in.steps(entry.ticket)->by_app);
  EXPECT_FALSE(persons_.sign_in.steps(entry.ticket)->by_passkey);
  const Refusal wrong = step(entry.ticket, "no code").refusal();
  EXPECT_EQ(wrong.kind, Refused::invalid);
  EXPECT_EQ(wrong.field, "code");
  const auto session = step(entry.ticket, code(secret));
  ASSERT_FALSE(session.refused());
  EXPECT_EQ(session->person, ana_);
  EXPECT_TRUE(persons_.read(
      [&](db::Reader& reader) { return persons_.sessions.find(reader, session.value().token); }));
}

TEST_P(SecondStepTest, EachCodeIsTakenOnce) {
  const Bytes secret = turn_on();
  const Entry entry = enter();
  const std::string now = code(secret);
  EXPECT_FALSE(step(entry.ticket, now).refused());
  EXPECT_EQ(step(entry.ticket, now).refusal().kind, Refused::invalid);
  EXPECT_EQ(step(enter().ticket, now).refusal().kind, Refused::invalid);
  EXPECT_EQ(step(entry.ticket, code(secret, -1)).refusal().kind, Refused::invalid);
  EXPECT_FALSE(step(entry.ticket, code(secret, 1)).refused());
}

TEST_P(SecondStepTest, TheCodeThatTurnedItOnDoesNotSignIn) {
  const Bytes secret = begin();
  const std::string first = code(secret);
  persons_.second_step.confirm(ana_, first).value();
  EXPECT_TRUE(step(enter().ticket, first).refused());
}

TEST_P(SecondStepTest, GuessingCodesIsBoundedFromEverywhere) {
  const Bytes secret = turn_on();
  const Entry entry = enter();
  for (int i = 0; i < 10; ++i) {
    const std::string address = "192.0.2." + std::to_string(i);
    EXPECT_EQ(persons_.sign_in.with_code(entry.ticket, "none", {address, ""}).refusal().kind,
              Refused::invalid);
  }
  EXPECT_EQ(persons_.sign_in.with_code(entry.ticket, code(secret), {"192.0.2.99", ""}).refusal().kind,
            Refused::too_many);
  EXPECT_EQ(persons_.sign_in.with_code(enter().ticket, code(secret), {"192.0.2.99", ""}).refusal().kind,
            Refused::too_many);
  persons_.clock.advance(1min);
  EXPECT_FALSE(step(entry.ticket, code(secret)).refused());
}

TEST_P(SecondStepTest, ATicketEnds) {
  const Bytes secret = turn_on();
  const std::string late = enter().ticket;
  persons_.clock.advance(SignInTickets::lifetime);
  EXPECT_FALSE(persons_.sign_in.steps(late));
  EXPECT_EQ(step(late, code(secret)).refusal().kind, Refused::sign_in);

  const std::string of_old_password = enter().ticket;
  persons_.people.change_password(ana_, support::password, "another long secret", {}).value();
  EXPECT_EQ(step(of_old_password, code(secret)).refusal().kind, Refused::sign_in);

  const std::string of_suspended = enter("another long secret").ticket;
  persons_.people.suspend(ana_).value();
  EXPECT_EQ(step(of_suspended, code(secret)).refusal().kind, Refused::sign_in);
}

TEST_P(SecondStepTest, NobodyElseMakesATicket) {
  const Bytes secret = turn_on();
  std::string bent = enter().ticket;
  bent[10] = bent[10] == 'a' ? 'b' : 'a';
  for (const std::string& text :
       {bent, std::string(), std::string("aaaa"), std::string(1000, 'a'),
        SignInTickets(blobs::InstanceKey::from_bytes(Bytes(32, std::byte{8})), persons_.clock)
            .make(ana_, {"hash"})})
    EXPECT_EQ(step(text, code(secret)).refusal().kind, Refused::sign_in);
}

TEST_P(SecondStepTest, ARecoveryCodeWorksInItsPlaceOnce) {
  turn_on();
  const auto codes = persons_.write([&](db::Tx& tx) { return persons_.recovery.make_codes(tx, ana_); });
  const PersonId bea = persons_.add("bea");
  const auto of_bea = persons_.write([&](db::Tx& tx) { return persons_.recovery.make_codes(tx, bea); });
  const Entry entry = enter();
  EXPECT_TRUE(step(entry.ticket, of_bea[0]).refused());
  EXPECT_FALSE(step(entry.ticket, codes[0]).refused());
  EXPECT_TRUE(step(entry.ticket, codes[0]).refused());
  EXPECT_EQ(persons_.read([&](db::Reader& reader) { return Recovery::codes_left(reader, ana_); }), 9);
  EXPECT_EQ(events().front(), AccountEvent::code_instead);
}

TEST_P(SecondStepTest, TurnedOffNothingIsAskedAnyMore) {
  turn_on();
  const std::string waiting = enter().ticket;
  const auto remove = [&] {
    return persons_.write(
        [&](db::Tx& tx) { return persons_.second_step.remove(tx, ana_, AccountEvent::second_step_taken); });
  };
  EXPECT_TRUE(remove());
  EXPECT_FALSE(remove());
  EXPECT_TRUE(enter().session);
  EXPECT_TRUE(step(waiting, "123456").refused());
  EXPECT_EQ(events()[0], AccountEvent::second_step_taken);
  EXPECT_EQ(events()[1], AccountEvent::second_step_on);
}

TEST_P(SecondStepTest, ALinkForAPasswordIsNoSecondStep) {
  EXPECT_TRUE(persons_.sign_in.after_link(ana_, client_).session);
  const Bytes secret = turn_on();
  const Entry entry = persons_.sign_in.after_link(ana_, client_);
  EXPECT_FALSE(entry.session);
  EXPECT_FALSE(step(entry.ticket, code(secret)).refused());
}

TEST_P(SecondStepTest, ItGoesWithItsPerson) {
  turn_on();
  persons_.people.remove(ana_).value();
  EXPECT_FALSE(persons_.read([](db::Reader& reader) { return reader.exists("SELECT 1 FROM totp"); }));
}

}  // namespace
}  // namespace keepsake

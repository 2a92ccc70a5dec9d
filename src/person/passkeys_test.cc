#include "person/passkeys.h"

#include "support/authenticator.h"
#include "support/databases.h"
#include "support/persons.h"

namespace keepsake {
namespace {

using namespace std::chrono_literals;
using support::Authenticator;

class PasskeysTest : public support::StoreTest {
 protected:
  Result<PublicId> add(Authenticator& to, PersonId person) {
    const PasskeyRequest request = *persons_.passkeys.begin(person);
    to.handle = request.handle;
    return persons_.passkeys.add(person, "My phone", to.creation(request.challenge), to.attestation());
  }
  Authenticator added() {
    Authenticator made;
    add(made, ana_).value();
    return made;
  }
  Bytes challenge() { return persons_.passkeys.request().challenge; }
  Result<StartedSession> sign_in(const ShownPasskey& shown) {
    return persons_.sign_in.with_passkey(shown, client_);
  }
  std::vector<ListedPasskey> list() {
    return persons_.read([&](db::Reader& reader) { return persons_.passkeys.list(reader, ana_); });
  }
  bool remove(const PublicId& id) {
    return persons_.write([&](db::Tx& tx) { return persons_.passkeys.remove(tx, ana_, id); });
  }
  Result<Done> ask_after_password(bool asked) {
    return persons_.write([&](db::Tx& tx) { return persons_.passkeys.ask_after_password(tx, ana_, asked); });
  }
  AccountEvent last_event() {
    return persons_.read([&](db::Reader& reader) { return People::events(reader, ana_); }).front().event;
  }
  std::string ticket() { return persons_.sign_in.with_password("ana", support::password, client_)->ticket; }

  support::Persons persons_{database()};
  PersonId ana_ = persons_.add("ana");
  PersonId bea_ = persons_.add("bea");
  Client client_{"192.0.2.1", "", "", ""};
};
KEEPSAKE_ON_BOTH_ENGINES(PasskeysTest);

TEST_P(PasskeysTest, APasskeyAloneSignsItsPersonIn) {
  Authenticator phone = added();
  EXPECT_EQ(last_event(), AccountEvent::passkey_added);
  EXPECT_EQ(list()[0].label, "My phone");
  EXPECT_FALSE(list()[0].last_used);
  const auto session = sign_in(phone.answer(challenge()));
  ASSERT_FALSE(session.refused()) << session.refusal().sentence;
  EXPECT_EQ(session->person, ana_);
  EXPECT_EQ(list()[0].last_used, persons_.clock.now());
}

TEST_P(PasskeysTest, AnAnswerWorksOnce) {
  Authenticator phone = added();
  const ShownPasskey shown = phone.answer(challenge());
  EXPECT_FALSE(sign_in(shown).refused());
  EXPECT_EQ(sign_in(shown).refusal().kind, Refused::sign_in);
  // Nor does another answer to the same challenge.
  const Bytes once = challenge();
  EXPECT_FALSE(sign_in(phone.answer(once)).refused());
  EXPECT_TRUE(sign_in(phone.answer(once)).refused());
}

TEST_P(PasskeysTest, AChallengeEnds) {
  Authenticator phone = added();
  const Bytes early = challenge();
  persons_.clock.advance(Challenges::lifetime - 1us);
  const Bytes late = early;
  EXPECT_FALSE(sign_in(phone.answer(early)).refused());
  const Bytes other = challenge();
  persons_.clock.advance(Challenges::lifetime);
  EXPECT_TRUE(sign_in(phone.answer(other)).refused());
  EXPECT_TRUE(sign_in(phone.answer(late)).refused());
  persons_.passkeys.sweep();
  EXPECT_FALSE(
      persons_.read([](db::Reader& reader) { return reader.exists("SELECT 1 FROM used_challenge"); }));
  EXPECT_TRUE(sign_in(phone.answer(late)).refused());
}

TEST_P(PasskeysTest, AChallengeIsForOneActAndOnePerson) {
  Authenticator phone = added();
  EXPECT_TRUE(sign_in(phone.answer(persons_.passkeys.begin(ana_)->challenge)).refused());
  const auto of_step =
      persons_.read([&](db::Reader& reader) { return persons_.passkeys.request(reader, ana_).challenge; });
  EXPECT_TRUE(sign_in(phone.answer(of_step)).refused());
  EXPECT_TRUE(sign_in(phone.answer(random_bytes(53))).refused());
  EXPECT_TRUE(sign_in(phone.answer({})).refused());
  Authenticator other;
  for (const Bytes& wrong : {challenge(), of_step, persons_.passkeys.begin(bea_)->challenge, Bytes()})
    EXPECT_TRUE(persons_.passkeys.add(ana_, "x", other.creation(wrong), other.attestation()).refused());
}

TEST_P(PasskeysTest, WhatIsSignedMustBeForThisHouseByAVerifiedUser) {
  const Authenticator good = added();
  const auto refused = [&](auto change) {
    Authenticator bad = good;
    change(bad);
    return sign_in(bad.answer(challenge())).refused();
  };
  EXPECT_TRUE(refused([](Authenticator& it) { it.origin = "https://photos.example.evil.example"; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.origin = "http://photos.example"; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.origin = "https://photos.example:444"; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.rp = "example"; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.flags = std::byte{0x01}; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.flags = std::byte{0x04}; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.more_client_data = R"(,"crossOrigin":true)"; }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.id = random_bytes(32); }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.handle = random_bytes(32); }));
  EXPECT_TRUE(refused([](Authenticator& it) { it.secret_key = Authenticator().secret_key; }));
  EXPECT_FALSE(refused([](Authenticator& it) { it.more_client_data = R"(,"crossOrigin":false)"; }));
}

TEST_P(PasskeysTest, AnyBitThatChangesIsNoticed) {
  Authenticator phone = added();
  const ShownPasskey shown = phone.answer(challenge());
  for (Bytes ShownPasskey::* part :
       {&ShownPasskey::client_data, &ShownPasskey::authenticator_data, &ShownPasskey::signature}) {
    for (std::size_t at = 0; at < (shown.*part).size(); at += 7) {
      ShownPasskey bent = shown;
      (bent.*part)[at] ^= std::byte{1};
      EXPECT_TRUE(
          persons_.write([&](db::Tx& tx) { return persons_.passkeys.check(tx, bent, {}); }).refused());
    }
  }
  ShownPasskey nameless = shown;
  nameless.handle.reset();
  EXPECT_TRUE(sign_in(nameless).refused());
  EXPECT_FALSE(sign_in(shown).refused());
}

TEST_P(PasskeysTest, ACounterThatWentBackIsRefusedAndShown) {
  Authenticator phone = added();
  phone.counter = 40;
  EXPECT_FALSE(sign_in(phone.answer(challenge())).refused());
  Authenticator copy = phone;
  EXPECT_FALSE(sign_in(phone.answer(challenge())).refused());
  EXPECT_TRUE(sign_in(copy.answer(challenge())).refused());
  EXPECT_EQ(last_event(), AccountEvent::passkey_copied);
  copy.counter = 0xffffffff;  // the next is 0
  EXPECT_TRUE(sign_in(copy.answer(challenge())).refused());
  EXPECT_FALSE(sign_in(phone.answer(challenge())).refused());
}

TEST_P(PasskeysTest, AnAuthenticatorMayCountNothing) {
  Authenticator phone;
  phone.counter = 0;
  add(phone, ana_).value();
  for (int i = 0; i < 3; ++i) {
    phone.counter = 0xffffffff;
    EXPECT_FALSE(sign_in(phone.answer(challenge())).refused());
  }
}

TEST_P(PasskeysTest, RemovedItSignsNobodyIn) {
  Authenticator phone = added();
  const PublicId id = list()[0].id;
  const auto by_bea = persons_.write([&](db::Tx& tx) { return persons_.passkeys.remove(tx, bea_, id); });
  EXPECT_FALSE(by_bea);
  EXPECT_TRUE(remove(id));
  EXPECT_FALSE(remove(id));
  EXPECT_TRUE(sign_in(phone.answer(challenge())).refused());
}

TEST_P(PasskeysTest, ASuspendedPersonStaysOutside) {
  Authenticator phone = added();
  persons_.people.suspend(ana_).value();
  EXPECT_TRUE(sign_in(phone.answer(challenge())).refused());
  persons_.people.remove(ana_).value();
  EXPECT_TRUE(sign_in(phone.answer(challenge())).refused());
}

TEST_P(PasskeysTest, OneCredentialIsOnePersons) {
  Authenticator phone = added();
  EXPECT_EQ(add(phone, bea_).refusal().kind, Refused::conflict);
  EXPECT_EQ(add(phone, ana_).refusal().kind, Refused::conflict);
}

TEST_P(PasskeysTest, ThereAreTwentyAtMost) {
  for (std::size_t i = 0; i < Passkeys::most; ++i) added();
  EXPECT_EQ(persons_.passkeys.begin(ana_).refusal().kind, Refused::conflict);
}

TEST_P(PasskeysTest, ANameIsPlainText) {
  for (const std::string& label : {std::string(81, 'x'), std::string("a\nb"), std::string("\xff")}) {
    Authenticator phone;
    const auto request = *persons_.passkeys.begin(ana_);
    const auto outcome =
        persons_.passkeys.add(ana_, label, phone.creation(request.challenge), phone.attestation());
    EXPECT_EQ(outcome.refusal().field, "label");
  }
}

TEST_P(PasskeysTest, ItStandsAfterThePasswordWhereThePersonWantsThat) {
  EXPECT_EQ(ask_after_password(true).refusal().kind, Refused::conflict);
  Authenticator phone = added();
  EXPECT_TRUE(persons_.sign_in.with_password("ana", support::password, client_)->session);
  ask_after_password(true).value();
  const std::string waiting = ticket();
  EXPECT_TRUE(persons_.sign_in.steps(waiting)->by_passkey);
  EXPECT_FALSE(persons_.sign_in.steps(waiting)->by_app);
  const auto request = persons_.sign_in.passkey_request(waiting);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->credentials, std::vector<Bytes>{phone.id});
  ShownPasskey shown = phone.answer(request->challenge);
  shown.handle.reset();  // whose it is is known
  EXPECT_FALSE(persons_.sign_in.with_passkey(waiting, shown, client_).refused());
  EXPECT_TRUE(persons_.sign_in.with_passkey(waiting, shown, client_).refused());
  remove(list()[0].id);
  EXPECT_TRUE(persons_.sign_in.with_password("ana", support::password, client_)->session);
}

// Who set the password anew may have had to because somebody else got in and left a passkey of their own.
TEST_P(PasskeysTest, APasswordSetAnewEndsThemUnlessTheyAreTheSecondStep) {
  added();
  persons_.people.change_password(ana_, support::password, "another long secret", {}).value();
  EXPECT_EQ(list().size(), 1u);
  persons_.people.set_password(ana_, "a third long secret").value();
  EXPECT_TRUE(list().empty());
  added();
  ask_after_password(true).value();
  persons_.people.set_password(ana_, support::password).value();
  EXPECT_EQ(list().size(), 1u);
  EXPECT_FALSE(ticket().empty());
}

TEST_P(PasskeysTest, SomebodyElsesIsNoSecondStep) {
  added();
  ask_after_password(true).value();
  Authenticator of_bea;
  add(of_bea, bea_).value();
  const std::string waiting = ticket();
  const auto request = *persons_.sign_in.passkey_request(waiting);
  EXPECT_TRUE(persons_.sign_in.with_passkey(waiting, of_bea.answer(request.challenge), client_).refused());
  EXPECT_FALSE(persons_.sign_in.passkey_request("no ticket"));
}

TEST_P(PasskeysTest, TryingIsBoundedByTheNetwork) {
  Authenticator phone = added();
  ShownPasskey wrong = phone.answer(challenge());
  wrong.signature[0] ^= std::byte{1};
  for (int i = 0; i < 30; ++i) EXPECT_EQ(sign_in(wrong).refusal().kind, Refused::sign_in);
  EXPECT_EQ(sign_in(phone.answer(challenge())).refusal().kind, Refused::too_many);
  client_.address = "192.0.2.2";
  EXPECT_FALSE(sign_in(phone.answer(challenge())).refused());
}

TEST(Webauthn, ReadsAttestationsStrictly) {
  const webauthn::House house = webauthn::house_at("https://photos.example");
  Authenticator it;
  const auto read = [&](const Bytes& data) {
    return webauthn::read_attestation(Authenticator::attestation_of(data), house);
  };
  const auto made = read(it.attested_data());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->id, it.id);
  EXPECT_EQ(made->key.algorithm, -8);
  EXPECT_EQ(made->key.bytes, it.public_key);
  EXPECT_EQ(made->counter, it.counter);
  EXPECT_FALSE(read(it.data()));
  const Bytes whole = it.attested_data();
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(read(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))));
  Bytes longer = whole;
  longer.push_back({});
  EXPECT_FALSE(read(longer));
  for (const int flags : {0x00, 0x01, 0x04}) {
    it.flags = static_cast<std::byte>(flags);
    EXPECT_FALSE(read(it.attested_data()));
  }
  it.flags = std::byte{0x85};  // says that extensions follow
  EXPECT_FALSE(read(it.attested_data()));
  it = Authenticator();
  it.id = random_bytes(1024);
  EXPECT_FALSE(read(it.attested_data()));
  it.id.resize(1023);
  EXPECT_TRUE(read(it.attested_data()));
  it.rp = "example";
  EXPECT_FALSE(read(it.attested_data()));
}

TEST(Webauthn, KnowsWhichHousesCanHavePasskeys) {
  EXPECT_EQ(webauthn::house_at("https://photos.example:8443").id, "photos.example");
  EXPECT_EQ(webauthn::house_at("http://localhost:8080").id, "localhost");
  EXPECT_EQ(webauthn::house_at("http://127.0.0.1:8080").id, "");
  EXPECT_EQ(webauthn::house_at("https://[2001:db8::a]").id, "");
  EXPECT_EQ(webauthn::house_at("").id, "");
}

}  // namespace
}  // namespace keepsake

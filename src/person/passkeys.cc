#include "person/passkeys.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "person/passkey_store.h"
#include "person/person_store.h"

namespace keepsake {
namespace {

using For = Challenges::For;

constexpr std::size_t longest_label = 80;

Refusal does_not_fit() {
  return {Refused::sign_in, "This passkey does not fit. Please try again, or sign in with your password."};
}
Refusal too_many_passkeys() {
  return {Refused::conflict, "There are 20 passkeys already. Please remove one first."};
}

bool is_label(std::string_view text) {
  return is_clean_text(text) && code_points(text) <= longest_label && text.find('\n') == text.npos;
}

bool is_of(const Passkey& passkey, const ShownPasskey& shown, std::optional<PersonId> person) {
  if (person && passkey.person != *person) return false;
  // Where nobody was named, the authenticator has to (7.2, step 6).
  if (!shown.handle) return person.has_value();
  return equal_in_constant_time(*shown.handle, passkey.handle);
}

}  // namespace

Result<PasskeyRequest> Passkeys::begin(PersonId person) {
  return database_.write([&](db::Tx& tx) -> Result<PasskeyRequest> {
    PasskeyRequest request{challenges_.make(For::adding, person), passkey_store::credentials(tx, person), {}};
    if (request.credentials.size() >= most) return too_many_passkeys();
    request.handle = passkey_store::handle_of(tx, person);
    return request;
  });
}

Result<PublicId> Passkeys::add(PersonId person, std::string_view label, ByteView client_data,
                               ByteView attestation) {
  const std::string_view name = trim(label);
  if (!is_label(name))
    return Refusal{Refused::invalid, "A passkey’s name is plain text of at most 80 characters.", "label"};
  const auto challenge = webauthn::challenge_in(client_data, webauthn::Ceremony::create, house_);
  const auto credential = webauthn::read_attestation(attestation, house_);
  if (!challenge || !credential)
    return Refusal{Refused::invalid, "What came from the device is no passkey for this place."};
  return database_.write([&](db::Tx& tx) -> Result<PublicId> {
    if (passkey_store::credentials(tx, person).size() >= most) return too_many_passkeys();
    if (!challenges_.meet(tx, *challenge, For::adding, person))
      return Refusal{Refused::gone, "This was begun too long ago. Please begin again."};
    const PublicId id = PublicId::random();
    if (!passkey_store::add(tx, {id, person, *credential, name.empty() ? "passkey" : name, clock_.now()}))
      return Refusal{Refused::conflict, "This passkey is here already."};
    person_store::record(tx, person, AccountEvent::passkey_added, clock_.now());
    return id;
  });
}

std::vector<ListedPasskey> Passkeys::list(db::Reader& reader, PersonId person) const {
  return passkey_store::list(reader, person);
}

bool Passkeys::remove(db::Tx& tx, PersonId person, const PublicId& passkey) {
  if (!passkey_store::remove(tx, person, passkey)) return false;
  person_store::record(tx, person, AccountEvent::passkey_removed, clock_.now());
  return true;
}

bool Passkeys::is_asked(db::Reader& reader, PersonId person) {
  return passkey_store::asked_after_password(reader, person);
}

Result<Done> Passkeys::ask_after_password(db::Tx& tx, PersonId person, bool asked, AccountEvent end) {
  if (asked && passkey_store::credentials(tx, person).empty())
    return Refusal{Refused::conflict, "There is no passkey yet. Please add one first."};
  if (is_asked(tx, person) == asked) return Done{};
  passkey_store::ask_after_password(tx, person, asked);
  person_store::record(tx, person, asked ? AccountEvent::second_step_on : end, clock_.now());
  return Done{};
}

PasskeyRequest Passkeys::request() const {
  return {challenges_.make(For::signing_in, std::nullopt)};
}

PasskeyRequest Passkeys::request(db::Reader& reader, PersonId person) const {
  return {challenges_.make(For::second_step, person), passkey_store::credentials(reader, person)};
}

Result<PersonId> Passkeys::check(db::Tx& tx, const ShownPasskey& shown, std::optional<PersonId> person) {
  const auto passkey = passkey_store::find(tx, shown.credential);
  const auto challenge = webauthn::challenge_in(shown.client_data, webauthn::Ceremony::get, house_);
  if (!passkey || !challenge || !is_of(*passkey, shown, person)) return does_not_fit();
  const auto counter =
      webauthn::verify({shown.client_data, shown.authenticator_data, shown.signature}, passkey->key, house_);
  if (!counter || !challenges_.meet(tx, *challenge, person ? For::second_step : For::signing_in, person))
    return does_not_fit();
  return use(tx, *passkey, *counter);
}

// An authenticator that counts counts upwards; one that does not, says 0 (6.1.1).
Result<PersonId> Passkeys::use(db::Tx& tx, const Passkey& passkey, std::uint32_t counter) {
  const bool counts = counter != 0 || passkey.counter != 0;
  if (counts && counter <= passkey.counter) {
    person_store::record(tx, passkey.person, AccountEvent::passkey_copied, clock_.now());
    return does_not_fit();
  }
  passkey_store::use(tx, passkey.id, counter, clock_.now());
  return passkey.person;
}

void Passkeys::sweep() {
  database_.write([&](db::Tx& tx) { passkey_store::forget_met(tx, clock_.now()); });
}

}  // namespace keepsake

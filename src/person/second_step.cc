#include "person/second_step.h"

#include <stdexcept>

#include "base/random.h"
#include "blobs/seal.h"
#include "person/person_store.h"
#include "person/second_step_store.h"
#include "person/totp.h"

namespace keepsake {
namespace {

using second_step_store::Totp;

// A secret opens for its own person alone.
std::string purpose_for(PersonId person) {
  return "second step of " + std::to_string(person.value);
}

std::string digits_of(std::string_view typed) {
  std::string code(typed.substr(0, 64));
  std::erase(code, ' ');
  return code;
}

Refusal wrong_code() {
  return {Refused::invalid, "This code does not fit, or it was used before.", "code"};
}

}  // namespace

Bytes SecondStep::sealed(PersonId person, ByteView secret) const {
  return blobs::seal(key_, purpose_for(person), secret);
}

Bytes SecondStep::unsealed(PersonId person, ByteView sealed) const {
  auto secret = blobs::unseal(key_, purpose_for(person), sealed);
  if (!secret) throw std::runtime_error("a second step's secret does not open under this instance's key");
  return *std::move(secret);
}

SecondStep::Standing SecondStep::standing(db::Reader& reader, PersonId person) const {
  const auto totp = second_step_store::find(reader, person);
  if (!totp) return {};
  return {!totp->confirmed && clock_.now() < totp->created + setup_time, totp->confirmed};
}

bool SecondStep::is_asked(db::Reader& reader, PersonId person) {
  const auto totp = second_step_store::find(reader, person);
  return totp && totp->confirmed;
}

Result<Bytes> SecondStep::begin(db::Tx& tx, PersonId person) {
  if (is_asked(tx, person)) return Refusal{Refused::conflict, "The second step is on already."};
  Bytes secret = random_bytes(totp::secret_bytes);
  second_step_store::put(tx, person, sealed(person, secret), clock_.now());
  return secret;
}

Result<Done> SecondStep::confirm(PersonId person, std::string_view code) {
  const std::string key = std::to_string(person.value);
  if (confirmations_.wait_for(key))
    return Refusal{Refused::too_many, "There were too many tries. Please wait a minute and try again."};
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    if (is_asked(tx, person)) return Refusal{Refused::conflict, "The second step is on already."};
    if (!standing(tx, person).begun)
      return Refusal{Refused::gone, "This was begun too long ago. Please begin again."};
    if (!take(tx, person, code)) return wrong_code();
    second_step_store::confirm(tx, person, clock_.now());
    person_store::record(tx, person, AccountEvent::second_step_on, clock_.now());
    return Done{};
  });
}

bool SecondStep::take(db::Tx& tx, PersonId person, std::string_view code) {
  const auto totp = second_step_store::find(tx, person);
  if (!totp) return false;
  const auto step =
      totp::step_of(unsealed(person, totp->sealed), digits_of(code), clock_.now(), totp->last_step);
  if (!step) return false;
  second_step_store::set_last_step(tx, person, *step);
  return true;
}

bool SecondStep::remove(db::Tx& tx, PersonId person, AccountEvent why) {
  const bool was_asked = is_asked(tx, person);
  second_step_store::remove(tx, person);
  if (was_asked) person_store::record(tx, person, why, clock_.now());
  return was_asked;
}

}  // namespace keepsake

#pragma once
// Passkeys (Web Authentication, Level 2): keys in a phone, a computer or a stick that sign in their person by
// themselves, or stand as the second step after the password. Only those that find their person by themselves
// and ask who holds them (a fingerprint, a face, a PIN) are taken.
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "person/challenges.h"
#include "person/passkey.h"
#include "person/people.h"

namespace keepsake {

class Passkeys {
 public:
  static constexpr std::size_t most = 20;  // a person

  Passkeys(db::Database& database, const blobs::InstanceKey& key, const Clock& clock, webauthn::House house)
      : database_(database), challenges_(key, clock), clock_(clock), house_(std::move(house)) {}

  // Whether this house can have any: not at an address of digits.
  bool offered() const { return !house_.id.empty(); }
  const webauthn::House& house() const { return house_; }

  // Before a new one is made; the caller has asked for the password. Refused: conflict past 20.
  Result<PasskeyRequest> begin(PersonId person);
  // `label`: 1 to 80 code points of clean text (empty: "passkey"). Refused: invalid, gone, conflict.
  Result<PublicId> add(PersonId person, std::string_view label, ByteView client_data, ByteView attestation);
  std::vector<ListedPasskey> list(db::Reader& reader, PersonId person) const;
  // Whether the person had such a one.
  bool remove(db::Tx& tx, PersonId person, const PublicId& passkey);

  // Whether one of them is asked for after the password.
  static bool is_asked(db::Reader& reader, PersonId person);
  // Refused: conflict, where the person has none. `end`: what is recorded where it ends.
  Result<Done> ask_after_password(db::Tx& tx, PersonId person, bool asked,
                                  AccountEvent end = AccountEvent::second_step_off);

  // To sign in: for anybody, or as the second step of this person.
  PasskeyRequest request() const;
  PasskeyRequest request(db::Reader& reader, PersonId person) const;
  // Whose passkey was shown, for one of those requests. Refused as sign_in; what a refusal wrote (that a copy
  // was shown) is for the caller to let stand.
  Result<PersonId> check(db::Tx& tx, const ShownPasskey& shown, std::optional<PersonId> person);

  void sweep();

 private:
  Result<PersonId> use(db::Tx& tx, const Passkey& passkey, std::uint32_t counter);

  db::Database& database_;
  Challenges challenges_;
  const Clock& clock_;
  webauthn::House house_;
};

}  // namespace keepsake

#pragma once
// What is asked for after the password: a code from an app on the person's phone. Its secret is kept sealed
// under the instance key, each code is taken once, and nothing is asked for before a first code was right.
#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "blobs/instance_key.h"
#include "db/database.h"
#include "person/people.h"
#include "person/rate_limit.h"

namespace keepsake {

class SecondStep {
 public:
  static constexpr std::chrono::minutes setup_time{60};

  SecondStep(db::Database& database, const blobs::InstanceKey& key, const Clock& clock)
      : database_(database), key_(key.derive("second step")), clock_(clock), confirmations_(clock, {}) {}

  // How far a person has come.
  struct Standing {
    bool begun = false;         // a secret was shown, and its first code can still be given
    std::optional<Time> since;  // asked for since then
  };
  Standing standing(db::Reader& reader, PersonId person) const;
  static bool is_asked(db::Reader& reader, PersonId person);

  // A new secret of totp::secret_bytes, to be shown this once; one that was not confirmed ends. Refused:
  // conflict if one is confirmed.
  Result<Bytes> begin(db::Tx& tx, PersonId person);
  // The first code, within an hour; from then on codes are asked for. Refused: invalid (field "code"), gone,
  // too_many.
  Result<Done> confirm(PersonId person, std::string_view code);
  // Whether this is a code of now; it works no second time. Spaces are forgiven.
  bool take(db::Tx& tx, PersonId person, std::string_view code);
  // Whether there was one. `why` is recorded for the person to see.
  bool remove(db::Tx& tx, PersonId person, AccountEvent why);

 private:
  Bytes sealed(PersonId person, ByteView secret) const;
  Bytes unsealed(PersonId person, ByteView sealed) const;

  db::Database& database_;
  Digest key_;
  const Clock& clock_;
  RateLimit confirmations_;  // tries of a first code, by person
};

}  // namespace keepsake

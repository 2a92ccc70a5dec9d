#pragma once
// The first start: as long as there is no host, a link printed by `serve` makes one. The host is then shown
// the recovery phrase of the instance key and types some of its words back.
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/database.h"
#include "person/people.h"
#include "person/rate_limit.h"

namespace keepsake {

class Setup {
 public:
  Setup(db::Database& database, People& people, Passwords& passwords, const Clock& clock)
      : database_(database), people_(people), passwords_(passwords), clock_(clock), attempts_(clock) {}

  // Whether there is no host yet.
  static bool needed(db::Reader& reader);
  // The secret of a setup link. Links of the last starts go on working (the newest five), until one is used.
  std::string make_link(db::Tx& tx);
  // False also once there is a host.
  static bool link_works(db::Reader& reader, std::string_view secret);
  // Makes the host, and every setup link dead. Refused: gone; too_many; and as People::add refuses.
  Result<PersonId> complete(std::string_view secret, const NewPerson& host, std::string_view address);

  // Whether a host has shown that the recovery phrase was written down.
  static bool phrase_confirmed(db::Reader& reader);
  void confirm_phrase(db::Tx& tx);

 private:
  db::Database& database_;
  People& people_;
  Passwords& passwords_;
  const Clock& clock_;
  Attempts attempts_;
};

}  // namespace keepsake

#pragma once
// Ways back in for who forgot the password: ten codes written down beforehand, or a link the host makes. Both
// set a new password, work once, end all sessions and tokens, and are recorded for the person to see.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "person/passwords.h"
#include "person/people.h"
#include "person/rate_limit.h"

namespace keepsake {

class Recovery {
 public:
  static constexpr int codes = 10;
  static constexpr std::chrono::hours link_lifetime{24};

  Recovery(db::Database& database, Passwords& passwords, const Clock& clock)
      : database_(database), passwords_(passwords), clock_(clock), attempts_(clock) {}

  // Ten new codes ("abcd-efgh-jklm-npqr", 80 random bits), shown this once; earlier ones end.
  std::vector<std::string> make_codes(db::Tx& tx, PersonId person);
  static int codes_left(db::Reader& reader, PersonId person);
  // One sentence for a wrong name and a wrong code (sign_in). Refused also as too_many; invalid (field
  // "password"), which leaves the code unused; unavailable. Upper case, spaces and dashes in the code are
  // forgiven.
  Result<PersonId> use_code(std::string_view name, std::string_view code, std::string_view password,
                            std::string_view address);

  // Whether this is one of the person's codes; it is used up.
  bool take_code(db::Tx& tx, PersonId person, std::string_view code);

  // The secret of a link that works for 24 hours; an earlier link of this person ends.
  std::string make_link(db::Tx& tx, PersonId person);
  // Whose link it is; nothing if it was used, ended, or never was.
  std::optional<Person> find_link(db::Reader& reader, std::string_view secret) const;
  // Refused: gone; too_many; invalid (field "password"), which leaves the link unused; unavailable.
  Result<PersonId> use_link(std::string_view secret, std::string_view password, std::string_view address);

  // As Sessions::on_end: with a new password all sessions and tokens end.
  void on_end(std::function<void(db::Tx&)> act) { on_end_ = std::move(act); }

 private:
  db::Database& database_;
  Passwords& passwords_;
  const Clock& clock_;
  Attempts attempts_;
  std::function<void(db::Tx&)> on_end_;
};

}  // namespace keepsake

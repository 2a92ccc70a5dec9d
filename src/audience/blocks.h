#pragma once
// Blocks keep two persons apart, whoever set them: neither sees anything of the other, whatever the grants
// say. Quiet (a pause of their own, or being suspended) hides everything of a person from
// everybody else until they come back.
#include <string>
#include <string_view>
#include <vector>

#include "audience/epoch.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

struct BlockedPerson {
  PersonId person;
  std::string name;
  std::string display_name;
  Time since;
};

class Blocks {
 public:
  static constexpr int most_of_person = 10'000;

  Blocks(db::Database& database, Epoch& epoch, const Clock& clock)
      : database_(database), epoch_(epoch), clock_(clock) {}

  // Blocking who is blocked already is done. Refused: not_found if nobody has that name; invalid for oneself;
  // conflict past the most.
  Result<Done> block(PersonId by, std::string_view name);
  // Unblocking who is not blocked is done. Refused: not_found if nobody has that name.
  Result<Done> unblock(PersonId by, std::string_view name);
  // The newest first.
  std::vector<BlockedPerson> of(PersonId by);

  // Whether a block stands between the two, whoever set it.
  static bool between(db::Reader& reader, PersonId one, PersonId other);

  // Who is suspended is quiet by it, whether they pause themselves or not. For People::on_change.
  void follow_suspension(db::Tx& tx, PersonId person);
  void pause(db::Tx& tx, PersonId person);
  void resume(db::Tx& tx, PersonId person);
  static bool paused(db::Reader& reader, PersonId person);

 private:
  db::Database& database_;
  Epoch& epoch_;
  const Clock& clock_;
};

}  // namespace keepsake

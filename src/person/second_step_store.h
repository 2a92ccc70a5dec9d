#pragma once
// The SQL of the second step after the password.
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "db/database.h"

namespace keepsake::second_step_store {

struct Totp {
  Bytes sealed;
  Time created;
  std::optional<Time> confirmed;
  std::int64_t last_step;
};

std::optional<Totp> find(db::Reader& reader, PersonId person);
// In the place of an earlier one.
void put(db::Tx& tx, PersonId person, ByteView sealed, Time created);
void confirm(db::Tx& tx, PersonId person, Time now);
void set_last_step(db::Tx& tx, PersonId person, std::int64_t step);
// Whether there was one.
bool remove(db::Tx& tx, PersonId person);

}  // namespace keepsake::second_step_store

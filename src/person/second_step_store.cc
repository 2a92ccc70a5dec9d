#include "person/second_step_store.h"

namespace keepsake::second_step_store {

std::optional<Totp> find(db::Reader& reader, PersonId person) {
  return reader.maybe(
      "SELECT secret, created, confirmed, last_step FROM totp WHERE person = $1",
      [](const db::Row& row) { return Totp{row.bytes(0), row.time(1), row.maybe_time(2), row.integer(3)}; },
      person);
}

void put(db::Tx& tx, PersonId person, ByteView sealed, Time created) {
  remove(tx, person);
  tx.execute("INSERT INTO totp (person, secret, created, last_step) VALUES ($1, $2, $3, -1)", person, sealed,
             created);
}

void confirm(db::Tx& tx, PersonId person, Time now) {
  tx.execute("UPDATE totp SET confirmed = $1 WHERE person = $2", now, person);
}

void set_last_step(db::Tx& tx, PersonId person, std::int64_t step) {
  tx.execute("UPDATE totp SET last_step = $1 WHERE person = $2", step, person);
}

bool remove(db::Tx& tx, PersonId person) {
  return tx.execute("DELETE FROM totp WHERE person = $1", person) > 0;
}

}  // namespace keepsake::second_step_store

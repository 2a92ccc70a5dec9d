#include "audience/block_store.h"

namespace keepsake::block_store {

bool insert(db::Tx& tx, PersonId by, PersonId person, Time now) {
  return tx.execute(R"(INSERT INTO block (by_person, person, since) VALUES ($1, $2, $3)
                       ON CONFLICT (by_person, person) DO NOTHING)",
                    by, person, now) > 0;
}

bool remove(db::Tx& tx, PersonId by, PersonId person) {
  return tx.execute("DELETE FROM block WHERE by_person = $1 AND person = $2", by, person) > 0;
}

std::int64_t count(db::Reader& reader, PersonId by) {
  return reader.one(
      "SELECT count(*) FROM block WHERE by_person = $1", [](const db::Row& row) { return row.integer(0); },
      by);
}

std::vector<BlockedPerson> of(db::Reader& reader, PersonId by) {
  return reader.all(
      R"(SELECT p.id, p.name, p.display_name, b.since FROM block b JOIN person p ON p.id = b.person
         WHERE b.by_person = $1 ORDER BY b.since DESC, p.id DESC)",
      [](const db::Row& row) {
        return BlockedPerson{row.id<PersonId>(0), row.text(1), row.text(2), row.time(3)};
      },
      by);
}

bool between(db::Reader& reader, PersonId one, PersonId other) {
  return reader.exists(
      R"(SELECT 1 WHERE EXISTS (SELECT 1 FROM block b WHERE b.by_person = $1 AND b.person = $2)
                            OR EXISTS (SELECT 1 FROM block b WHERE b.by_person = $2 AND b.person = $1))",
      one, other);
}

bool insert_quiet(db::Tx& tx, PersonId person, Quiet reason, Time now) {
  return tx.execute(R"(INSERT INTO quiet (person, reason, since) VALUES ($1, $2, $3)
                       ON CONFLICT (person, reason) DO NOTHING)",
                    person, static_cast<std::int64_t>(reason), now) > 0;
}

bool remove_quiet(db::Tx& tx, PersonId person, Quiet reason) {
  return tx.execute("DELETE FROM quiet WHERE person = $1 AND reason = $2", person,
                    static_cast<std::int64_t>(reason)) > 0;
}

bool is_quiet(db::Reader& reader, PersonId person, Quiet reason) {
  return reader.exists("SELECT 1 FROM quiet WHERE person = $1 AND reason = $2", person,
                       static_cast<std::int64_t>(reason));
}

}  // namespace keepsake::block_store

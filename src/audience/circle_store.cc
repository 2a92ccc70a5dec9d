#include "audience/circle_store.h"

#include <algorithm>

namespace keepsake::circle_store {
namespace {

std::int64_t read_count(const db::Row& row) {
  return row.integer(0);
}

Circle read_circle(const db::Row& row) {
  return {row.id<CircleId>(0), row.public_id(1), row.text(2), row.time(3), {}};
}

}  // namespace

CircleId insert(db::Tx& tx, const PublicId& id, PersonId owner, std::string_view name, Time now) {
  return tx.insert<CircleId>(
      "INSERT INTO circle (public_id, owner, name, created) VALUES ($1, $2, $3, $4) RETURNING id", id, owner,
      name, now);
}

void rename(db::Tx& tx, CircleId circle, std::string_view name) {
  tx.execute("UPDATE circle SET name = $1 WHERE id = $2", name, circle);
}

void remove(db::Tx& tx, CircleId circle) {
  tx.execute("DELETE FROM circle WHERE id = $1", circle);
}

std::optional<CircleId> row_of(db::Reader& reader, PersonId owner, const PublicId& circle) {
  return reader.maybe(
      "SELECT id FROM circle WHERE public_id = $1 AND owner = $2",
      [](const db::Row& row) { return row.id<CircleId>(0); }, circle, owner);
}

std::optional<PublicId> public_id(db::Reader& reader, CircleId circle) {
  return reader.maybe(
      "SELECT public_id FROM circle WHERE id = $1", [](const db::Row& row) { return row.public_id(0); },
      circle);
}

std::int64_t count(db::Reader& reader, PersonId owner) {
  return reader.one("SELECT count(*) FROM circle WHERE owner = $1", read_count, owner);
}

std::vector<Circle> of_owner(db::Reader& reader, PersonId owner) {
  auto circles = reader.all("SELECT id, public_id, name, created FROM circle WHERE owner = $1 ORDER BY id",
                            read_circle, owner);
  const auto put = [&](const db::Row& row) {
    const auto circle = row.id<CircleId>(0);
    const auto at = std::lower_bound(circles.begin(), circles.end(), circle,
                                     [](const Circle& one, CircleId id) { return one.row < id; });
    at->members.push_back({row.id<PersonId>(1), row.text(2), row.text(3)});
  };
  reader.query(R"(SELECT m.circle, p.id, p.name, p.display_name
                  FROM circle c JOIN circle_member m ON m.circle = c.id JOIN person p ON p.id = m.person
                  WHERE c.owner = $1 ORDER BY p.name)",
               put, owner);
  std::stable_sort(circles.begin(), circles.end(),
                   [](const Circle& a, const Circle& b) { return a.name < b.name; });
  return circles;
}

bool join(db::Tx& tx, CircleId circle, PersonId person, Time now) {
  return tx.execute(R"(INSERT INTO circle_member (circle, person, joined) VALUES ($1, $2, $3)
                       ON CONFLICT (circle, person) DO NOTHING)",
                    circle, person, now) > 0;
}

bool leave(db::Tx& tx, CircleId circle, PersonId person) {
  return tx.execute("DELETE FROM circle_member WHERE circle = $1 AND person = $2", circle, person) > 0;
}

std::int64_t member_count(db::Reader& reader, CircleId circle) {
  return reader.one("SELECT count(*) FROM circle_member WHERE circle = $1", read_count, circle);
}

bool exists(db::Reader& reader, CircleId circle) {
  return reader.exists("SELECT 1 FROM circle WHERE id = $1", circle);
}

}  // namespace keepsake::circle_store

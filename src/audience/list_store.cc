#include "audience/list_store.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "audience/visibility_store.h"

namespace keepsake::list_store {
namespace {

constexpr auto newest_of_key = R"(SELECT published, item FROM grants
    WHERE grant_key = $1 AND published IS NOT NULL AND (published, item) < ($2, $3)
    ORDER BY published DESC, item DESC LIMIT $4)";

constexpr auto oldest_of_key = R"(SELECT published, item FROM grants
    WHERE grant_key = $1 AND published IS NOT NULL AND (published, item) > ($2, $3) AND author = $4
    ORDER BY published, item LIMIT $5)";

constexpr auto newest_of_keys = R"(SELECT k.held, g.published, g.item
    FROM unnest($1::bigint[]) AS k (held) CROSS JOIN LATERAL (
      SELECT published, item FROM grants
      WHERE grant_key = k.held AND published IS NOT NULL AND (published, item) < ($2::bigint, $3::bigint)
      ORDER BY published DESC, item DESC LIMIT $4::bigint) g)";

constexpr auto oldest_of_keys = R"(SELECT k.held, g.published, g.item
    FROM unnest($1::bigint[]) AS k (held) CROSS JOIN LATERAL (
      SELECT published, item FROM grants
      WHERE grant_key = k.held AND published IS NOT NULL AND (published, item) > ($2::bigint, $3::bigint)
        AND author = $4::bigint
      ORDER BY published, item LIMIT $5::bigint) g)";

constexpr auto own_places = R"(SELECT published_at, id FROM item
    WHERE author = $1 AND kind = 0 AND state = 1 AND (published_at, id) > ($2, $3)
    ORDER BY published_at, id LIMIT $4)";

std::string seen_sql(db::Engine engine) {
  return "SELECT i.id FROM item i WHERE " + db::keys_in(engine, "i.id", 1) +
         R"( AND i.kind = 0 AND i.state = 1 AND i.author <> $2
      AND NOT EXISTS (SELECT 1 FROM quiet q WHERE q.person = i.author)
      AND NOT EXISTS (SELECT 1 FROM block b WHERE b.by_person = i.author AND b.person = $2)
      AND NOT EXISTS (SELECT 1 FROM block b WHERE b.by_person = $2 AND b.person = i.author))";
}

constexpr auto apart_sql = R"(SELECT 1 WHERE EXISTS (SELECT 1 FROM quiet q WHERE q.person = $1)
      OR EXISTS (SELECT 1 FROM block b WHERE b.by_person = $1 AND b.person = $2)
      OR EXISTS (SELECT 1 FROM block b WHERE b.by_person = $2 AND b.person = $1))";

Place read_place(const db::Row& row, int column) {
  return {row.integer(column), row.id<ItemId>(column + 1)};
}

std::vector<Place> behind_one(db::Reader& reader, const Scope& scope, std::int64_t key, const Place& after,
                              int most) {
  const auto read = [](const db::Row& row) { return read_place(row, 0); };
  if (scope.newest_first()) return reader.all(newest_of_key, read, key, after.published, after.item, most);
  return reader.all(oldest_of_key, read, key, after.published, after.item, *scope.author, most);
}

void sort_by(const Scope& scope, std::vector<Place>& places) {
  std::sort(places.begin(), places.end());
  if (scope.newest_first()) std::reverse(places.begin(), places.end());
}

std::vector<std::vector<Place>> behind_all(db::Reader& reader, const Scope& scope,
                                           std::span<const std::int64_t> keys, const Place& after, int most) {
  std::unordered_map<std::int64_t, std::size_t> at;
  for (std::size_t i = 0; i < keys.size(); ++i) at.emplace(keys[i], i);
  std::vector<std::vector<Place>> places(keys.size());
  const auto each = [&](const db::Row& row) { places[at.at(row.integer(0))].push_back(read_place(row, 1)); };
  if (scope.newest_first()) {
    reader.query(newest_of_keys, each, keys, after.published, after.item, most);
  } else {
    reader.query(oldest_of_keys, each, keys, after.published, after.item, *scope.author, most);
  }
  for (auto& of_key : places) sort_by(scope, of_key);
  return places;
}

}  // namespace

std::vector<std::vector<Place>> behind(db::Reader& reader, const Scope& scope,
                                       std::span<const std::int64_t> keys, const Place& after, int most) {
  if (reader.engine() == db::Engine::postgres) return behind_all(reader, scope, keys, after, most);
  std::vector<std::vector<Place>> places;
  places.reserve(keys.size());
  for (const auto key : keys) places.push_back(behind_one(reader, scope, key, after, most));
  return places;
}

std::vector<Place> own(db::Reader& reader, PersonId author, const Place& after, int most) {
  const auto read = [](const db::Row& row) { return read_place(row, 0); };
  return reader.all(own_places, read, author, after.published, after.item, most);
}

std::vector<ItemId> seen_among(db::Reader& reader, const Viewer& viewer,
                               std::span<const std::int64_t> items) {
  static const std::string sqlite = seen_sql(db::Engine::sqlite);
  static const std::string postgres = seen_sql(db::Engine::postgres);
  auto seen = reader.all(
      reader.engine() == db::Engine::sqlite ? sqlite : postgres,
      [](const db::Row& row) { return row.id<ItemId>(0); }, items,
      visibility_store::person_or_nobody(viewer));
  std::sort(seen.begin(), seen.end());
  return seen;
}

bool apart(db::Reader& reader, const Viewer& viewer, PersonId author) {
  return reader.exists(apart_sql, author, visibility_store::person_or_nobody(viewer));
}

}  // namespace keepsake::list_store

#include "audience/visibility_store.h"

#include <string>

namespace keepsake::visibility_store {
namespace {

// $1 is the viewer's person, $2 what is asked for. A row for each grant of an item, or one without any: which
// of them the viewer meets is a look into sorted keys, and far cheaper than handing the keys to the engine.
std::string facts_sql(const std::string& from, const std::string& where) {
  return R"(SELECT i.id, i.author, i.state, i.kind, i.sealed, i.gate, i.gate_version,
      EXISTS (SELECT 1 FROM quiet q WHERE q.person = i.author),
      EXISTS (SELECT 1 FROM block b WHERE b.by_person = i.author AND b.person = $1),
      EXISTS (SELECT 1 FROM block b WHERE b.by_person = $1 AND b.person = i.author),
      a.accepted, g.grant_key, g.past_gate
    FROM )" +
         from + R"(
    LEFT JOIN gate_acceptance a ON a.item = i.id AND a.person = $1 AND a.gate_version = i.gate_version
    LEFT JOIN grants g ON g.item = i.id
    WHERE )" +
         where + " ORDER BY i.id";
}

std::string sees_sql(db::Engine engine) {
  return R"(SELECT 1 FROM grants g WHERE g.author = $1 AND )" + db::keys_in(engine, "g.grant_key", 2) +
         R"( AND g.published IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM quiet q WHERE q.person = $1)
      AND NOT EXISTS (SELECT 1 FROM block b WHERE b.by_person = $1 AND b.person = $3)
      AND NOT EXISTS (SELECT 1 FROM block b WHERE b.by_person = $3 AND b.person = $1)
    LIMIT 1)";
}

struct Sql {
  std::string item, photo, sees;
  explicit Sql(db::Engine engine)
      : item(facts_sql("item i", "i.id = $2")),
        photo(facts_sql("holds h JOIN item i ON i.id = h.item", "h.photo = $2")),
        sees(sees_sql(engine)) {}
};

const Sql& sql_for(db::Engine engine) {
  static const Sql sqlite(db::Engine::sqlite);
  static const Sql postgres(db::Engine::postgres);
  return engine == db::Engine::sqlite ? sqlite : postgres;
}

Known read_known(const db::Row& row) {
  Known known;
  known.facts.item = row.id<ItemId>(0);
  known.facts.author = row.id<PersonId>(1);
  known.facts.state = static_cast<ItemState>(row.integer(2));
  known.kind = static_cast<ItemKind>(row.integer(3));
  known.sealed = row.boolean(4);
  known.facts.gate = row.boolean(5);
  known.facts.gate_version = row.integer(6);
  known.facts.author_quiet = row.boolean(7);
  known.blocked = row.boolean(8) || row.boolean(9);
  known.accepted = static_cast<Accepted>(row.maybe_integer(10).value_or(0));
  return known;
}

std::vector<Known> read_all(db::Reader& reader, const std::string& sql, const Viewer& viewer,
                            std::int64_t asked) {
  std::vector<Known> all;
  const auto each = [&](const db::Row& row) {
    if (all.empty() || all.back().facts.item != row.id<ItemId>(0)) all.push_back(read_known(row));
    if (row.is_null(11)) return;
    const Key key = Key::from_packed(row.integer(11));
    if (viewer.holds(key)) all.back().facts.grants.push_back({key, row.boolean(12)});
  };
  reader.query(sql, each, person_or_nobody(viewer), asked);
  return all;
}

}  // namespace

std::optional<Known> of_item(db::Reader& reader, const Viewer& viewer, ItemId item) {
  auto found = read_all(reader, sql_for(reader.engine()).item, viewer, item.value);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Known> holding(db::Reader& reader, const Viewer& viewer, PhotoId photo) {
  return read_all(reader, sql_for(reader.engine()).photo, viewer, photo.value);
}

bool sees_a_story_of(db::Reader& reader, const Viewer& viewer, PersonId author) {
  const auto keys = packed_keys(viewer);
  return reader.exists(sql_for(reader.engine()).sees, author, std::span<const std::int64_t>(keys),
                       person_or_nobody(viewer));
}

std::int64_t person_or_nobody(const Viewer& viewer) {
  return viewer.person ? viewer.person->value : 0;
}

std::vector<std::int64_t> packed_keys(const Viewer& viewer) {
  std::vector<std::int64_t> keys;
  keys.reserve(viewer.keys.size());
  for (const auto key : viewer.keys) keys.push_back(key.packed());
  return keys;
}

}  // namespace keepsake::visibility_store

#include "audience/item_store.h"

#include <algorithm>

namespace keepsake::item_store {
namespace {

// The row a grant names, in the column of its table.
std::optional<std::int64_t> circle_of(Key key) {
  return key.kind() == KeyKind::circle ? std::optional(key.id()) : std::nullopt;
}
std::optional<std::int64_t> person_of(Key key) {
  const bool names = key.kind() == KeyKind::person || key.kind() == KeyKind::followers;
  return names ? std::optional(key.id()) : std::nullopt;
}
std::optional<std::int64_t> link_of(Key key) {
  return key.kind() == KeyKind::link ? std::optional(key.id()) : std::nullopt;
}

Grant read_grant(const db::Row& row) {
  return {Key::from_packed(row.integer(0)), row.boolean(1)};
}

ItemFacts read_facts(const db::Row& row) {
  ItemFacts facts;
  facts.item = row.id<ItemId>(0);
  facts.author = row.id<PersonId>(1);
  facts.state = static_cast<ItemState>(row.integer(2));
  facts.gate = row.boolean(3);
  facts.gate_version = row.integer(4);
  facts.author_quiet = row.boolean(5);
  return facts;
}

}  // namespace

ItemId insert(db::Tx& tx, ItemKind kind, PersonId author) {
  return tx.insert<ItemId>(
      R"(INSERT INTO item (kind, author, state, has_notes, gate, gate_version, sealed)
         VALUES ($1, $2, $3, $4, $5, 1, $6) RETURNING id)",
      static_cast<std::int64_t>(kind), author, static_cast<std::int64_t>(ItemState::draft), false, false,
      false);
}

void remove(db::Tx& tx, ItemId item) {
  tx.execute("DELETE FROM item WHERE id = $1", item);
}

void set_sealed(db::Tx& tx, ItemId item, bool sealed) {
  tx.execute("UPDATE item SET sealed = $1 WHERE id = $2", sealed, item);
}

std::optional<ItemFacts> facts(db::Reader& reader, ItemId item) {
  auto found = reader.maybe(
      R"(SELECT i.id, i.author, i.state, i.gate, i.gate_version,
           EXISTS (SELECT 1 FROM quiet q WHERE q.person = i.author)
         FROM item i WHERE i.id = $1)",
      read_facts, item);
  if (found) found->grants = grants(reader, item);
  return found;
}

ItemKind kind(db::Reader& reader, ItemId item) {
  return reader.one(
      "SELECT kind FROM item WHERE id = $1",
      [](const db::Row& row) { return static_cast<ItemKind>(row.integer(0)); }, item);
}

std::vector<Grant> grants(db::Reader& reader, ItemId item) {
  auto found = reader.all("SELECT grant_key, past_gate FROM grants WHERE item = $1", read_grant, item);
  std::sort(found.begin(), found.end());
  return found;
}

void set_state(db::Tx& tx, ItemId item, ItemState state, Time now) {
  if (state == ItemState::published)
    tx.execute("UPDATE item SET published_at = $1 WHERE id = $2 AND published_at IS NULL", now, item);
  tx.execute("UPDATE item SET state = $1 WHERE id = $2", static_cast<std::int64_t>(state), item);
  tx.execute(
      R"(UPDATE grants SET published = (SELECT i.published_at FROM item i WHERE i.id = $1 AND i.state = 1)
                WHERE item = $1)",
      item);
}

void put_grant(db::Tx& tx, ItemId item, const Grant& grant) {
  tx.execute(R"(INSERT INTO grants (item, grant_key, past_gate, author, published, circle, person, link)
                VALUES ($1, $2, $3, (SELECT i.author FROM item i WHERE i.id = $1),
                        (SELECT i.published_at FROM item i WHERE i.id = $1 AND i.state = 1), $4, $5, $6)
                ON CONFLICT (item, grant_key) DO UPDATE SET past_gate = excluded.past_gate)",
             item, grant.key.packed(), grant.past_gate, circle_of(grant.key), person_of(grant.key),
             link_of(grant.key));
}

void remove_grants(db::Tx& tx, ItemId item) {
  tx.execute("DELETE FROM grants WHERE item = $1", item);
}

bool has_notes(db::Reader& reader, ItemId item) {
  return reader.exists("SELECT 1 FROM item WHERE id = $1 AND has_notes", item);
}

void set_has_notes(db::Tx& tx, ItemId item, bool has_notes) {
  tx.execute("UPDATE item SET has_notes = $1 WHERE id = $2", has_notes, item);
}

void settle_gate(db::Tx& tx, ItemId item, bool changed) {
  tx.execute(R"(UPDATE item SET
                  gate = (has_notes OR EXISTS (SELECT 1 FROM grants g WHERE g.item = $1 AND g.grant_key = $2)),
                  gate_version = gate_version + $3
                WHERE id = $1)",
             item, Key::door().packed(), changed ? 1 : 0);
}

std::vector<std::int64_t> photos(db::Reader& reader, ItemId item) {
  return reader.all(
      "SELECT photo FROM holds WHERE item = $1 ORDER BY photo",
      [](const db::Row& row) { return row.integer(0); }, item);
}

bool hold(db::Tx& tx, ItemId item, std::int64_t photo) {
  return tx.execute("INSERT INTO holds (item, photo) VALUES ($1, $2) ON CONFLICT DO NOTHING", item, photo) >
         0;
}

void let_go(db::Tx& tx, ItemId item, std::int64_t photo) {
  tx.execute("DELETE FROM holds WHERE item = $1 AND photo = $2", item, photo);
}

bool let_out(db::Tx& tx, PhotoId photo) {
  return tx.execute("DELETE FROM holds WHERE photo = $1 AND item IN (SELECT i.id FROM item i WHERE i.sealed)",
                    photo) > 0;
}

void forget_photos(db::Tx& tx, std::span<const PhotoId> photos) {
  std::vector<std::int64_t> rows;
  for (const PhotoId photo : photos) rows.push_back(photo.value);
  tx.execute("DELETE FROM holds WHERE " + db::keys_in(tx.engine(), "photo", 1),
             std::span<const std::int64_t>(rows));
}

Accepted accepted(db::Reader& reader, ItemId item, PersonId person) {
  return reader
      .maybe(
          R"(SELECT a.accepted FROM gate_acceptance a JOIN item i ON i.id = a.item
             WHERE a.item = $1 AND a.person = $2 AND a.gate_version = i.gate_version)",
          [](const db::Row& row) { return static_cast<Accepted>(row.integer(0)); }, item, person)
      .value_or(Accepted::nothing);
}

void put_acceptance(db::Tx& tx, ItemId item, PersonId person, Accepted accepted) {
  tx.execute(R"(INSERT INTO gate_acceptance (item, person, gate_version, accepted)
                VALUES ($1, $2, (SELECT i.gate_version FROM item i WHERE i.id = $1), $3)
                ON CONFLICT (item, person) DO UPDATE
                SET gate_version = excluded.gate_version, accepted = excluded.accepted)",
             item, person, static_cast<std::int64_t>(accepted));
}

}  // namespace keepsake::item_store

#include "person/person_store.h"

namespace keepsake::person_store {
namespace {

#define PERSON_COLUMNS "id, name, display_name, host, created, suspended, language, signed_in, removed"

Person read_person(const db::Row& row) {
  return {row.id<PersonId>(0), row.text(1), row.text(2),       row.boolean(3),   row.time(4),
          row.maybe_time(5),   row.text(6), row.maybe_time(7), row.maybe_time(8)};
}
Account read_account(const db::Row& row) {
  return {read_person(row), {row.text(9)}};
}

}  // namespace

std::optional<Person> find(db::Reader& reader, PersonId id) {
  return reader.maybe("SELECT " PERSON_COLUMNS " FROM person WHERE id = $1", read_person, id);
}

std::optional<Person> find(db::Reader& reader, std::string_view name) {
  return reader.maybe("SELECT " PERSON_COLUMNS " FROM person WHERE name = $1", read_person, name);
}

std::optional<Account> account(db::Reader& reader, PersonId id) {
  return reader.maybe("SELECT " PERSON_COLUMNS ", password_hash FROM person WHERE id = $1", read_account, id);
}

std::optional<Account> account(db::Reader& reader, std::string_view name) {
  return reader.maybe("SELECT " PERSON_COLUMNS ", password_hash FROM person WHERE name = $1", read_account,
                      name);
}

std::vector<Person> list(db::Reader& reader, std::string_view after, int limit) {
  return reader.all("SELECT " PERSON_COLUMNS " FROM person WHERE name > $1 ORDER BY name LIMIT $2",
                    read_person, after, limit);
}

PeopleCount count(db::Reader& reader) {
  return reader.one("SELECT count(*), count(suspended) FROM person",
                    [](const db::Row& row) { return PeopleCount{row.integer(0), row.integer(1)}; });
}

bool other_host(db::Reader& reader, PersonId id) {
  return reader.exists("SELECT 1 FROM person WHERE host AND suspended IS NULL AND id <> $1 LIMIT 1", id);
}

bool anyone_else(db::Reader& reader, PersonId id) {
  return reader.exists("SELECT 1 FROM person WHERE id <> $1 LIMIT 1", id);
}

bool any_host(db::Reader& reader) {
  return reader.exists("SELECT 1 FROM person WHERE host LIMIT 1");
}

std::optional<PersonId> add(db::Tx& tx, const Person& person, const PasswordHash& password) {
  return tx.maybe(
      "INSERT INTO person (name, display_name, password_hash, host, created) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (name) DO NOTHING RETURNING id",
      [](const db::Row& row) { return row.id<PersonId>(0); }, person.name, person.display_name, password.text,
      person.host, person.created);
}

void set_display_name(db::Tx& tx, PersonId id, std::string_view display_name) {
  tx.execute("UPDATE person SET display_name = $1 WHERE id = $2", display_name, id);
}

void set_language(db::Tx& tx, PersonId id, std::string_view language) {
  tx.execute("UPDATE person SET language = $1 WHERE id = $2", language, id);
}

void set_password(db::Tx& tx, PersonId id, const PasswordHash& password) {
  tx.execute("UPDATE person SET password_hash = $1 WHERE id = $2", password.text, id);
}

void set_suspended(db::Tx& tx, PersonId id, std::optional<Time> since) {
  tx.execute("UPDATE person SET suspended = $1 WHERE id = $2", since, id);
}

void set_removed(db::Tx& tx, PersonId id, std::optional<Time> since) {
  tx.execute("UPDATE person SET removed = $1 WHERE id = $2", since, id);
}

std::optional<PersonId> removed_before(db::Reader& reader, Time moment) {
  return reader.maybe(
      "SELECT id FROM person WHERE removed IS NOT NULL AND removed <= $1 ORDER BY removed LIMIT 1",
      [](const db::Row& row) { return row.id<PersonId>(0); }, moment);
}

void set_signed_in(db::Tx& tx, PersonId id, Time day) {
  tx.execute("UPDATE person SET signed_in = $1 WHERE id = $2 AND (signed_in IS NULL OR signed_in < $1)", day,
             id);
}

void set_host(db::Tx& tx, PersonId id, bool host) {
  tx.execute("UPDATE person SET host = $1 WHERE id = $2", host, id);
}

void remove(db::Tx& tx, PersonId id) {
  tx.execute("DELETE FROM person WHERE id = $1", id);
}

void record(db::Tx& tx, PersonId id, AccountEvent event, Time at) {
  tx.execute("INSERT INTO account_event (person, event, at) VALUES ($1, $2, $3)", id,
             static_cast<std::int64_t>(event), at);
}

std::vector<RecordedEvent> events(db::Reader& reader, PersonId id) {
  return reader.all(
      "SELECT event, at FROM account_event WHERE person = $1 ORDER BY id DESC LIMIT 100",
      [](const db::Row& row) {
        return RecordedEvent{static_cast<AccountEvent>(row.integer(0)), row.time(1)};
      },
      id);
}

}  // namespace keepsake::person_store

#pragma once
// The SQL of persons and of what happened to their accounts.
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "db/database.h"
#include "person/passwords.h"
#include "person/people.h"
#include "person/person.h"

namespace keepsake::person_store {

// A person with the hash that sign-in needs.
struct Account {
  Person person;
  PasswordHash password;
};

std::optional<Person> find(db::Reader& reader, PersonId id);
std::optional<Person> find(db::Reader& reader, std::string_view name);
std::optional<Account> account(db::Reader& reader, PersonId id);
std::optional<Account> account(db::Reader& reader, std::string_view name);
std::vector<Person> list(db::Reader& reader, std::string_view after, int limit);
PeopleCount count(db::Reader& reader);
// Whether there is a host other than `id` who may sign in.
bool other_host(db::Reader& reader, PersonId id);
bool anyone_else(db::Reader& reader, PersonId id);
bool any_host(db::Reader& reader);

// Nothing if the name is taken.
std::optional<PersonId> add(db::Tx& tx, const Person& person, const PasswordHash& password);
void set_display_name(db::Tx& tx, PersonId id, std::string_view display_name);
void set_language(db::Tx& tx, PersonId id, std::string_view language);
void set_password(db::Tx& tx, PersonId id, const PasswordHash& password);
void set_suspended(db::Tx& tx, PersonId id, std::optional<Time> since);
void set_removed(db::Tx& tx, PersonId id, std::optional<Time> since);
// One of those who were removed by then.
std::optional<PersonId> removed_before(db::Reader& reader, Time moment);
// Never to an earlier day.
void set_signed_in(db::Tx& tx, PersonId id, Time day);
void set_host(db::Tx& tx, PersonId id, bool host);
void remove(db::Tx& tx, PersonId id);

void record(db::Tx& tx, PersonId id, AccountEvent event, Time at);
std::vector<RecordedEvent> events(db::Reader& reader, PersonId id);

}  // namespace keepsake::person_store

#include "person/people.h"

#include <algorithm>

#include "person/new_password.h"
#include "person/person_store.h"
#include "person/session_store.h"
#include "person/token_store.h"

namespace keepsake {
namespace {

Refusal nobody() {
  return {Refused::not_found, "There is no such person."};
}
Refusal only_host() {
  return {Refused::conflict, "This is the only host. Please make somebody else host first."};
}

bool is_only_host(db::Reader& reader, const Person& person) {
  return person.host && !person_store::other_host(reader, person.id);
}

}  // namespace

std::optional<Person> People::find(db::Reader& reader, PersonId id) {
  return person_store::find(reader, id);
}

std::optional<Person> People::find(db::Reader& reader, std::string_view name) {
  if (!is_name(name)) return std::nullopt;
  return person_store::find(reader, name);
}

std::vector<Person> People::list(db::Reader& reader, std::string_view after, int limit) {
  return person_store::list(reader, is_name(after) ? after : "", std::clamp(limit, 1, 200));
}

PeopleCount People::count(db::Reader& reader) {
  return person_store::count(reader);
}

std::vector<RecordedEvent> People::events(db::Reader& reader, PersonId id) {
  return person_store::events(reader, id);
}

Result<PersonId> People::add(const NewPerson& person) {
  const auto name = new_name(person.name);
  if (name.refused()) return name.refusal();
  const std::string& shown = person.display_name.empty() ? *name : person.display_name;
  if (const auto display_name = new_display_name(shown); display_name.refused())
    return display_name.refusal();
  const auto hash = passwords_.hash(person.password, *name);
  if (hash.refused()) return hash.refusal();
  return database_.write([&](db::Tx& tx) { return add(tx, *name, shown, *hash, person.host); });
}

Result<PersonId> People::add(db::Tx& tx, std::string_view name, std::string_view display_name,
                             const PasswordHash& password, bool host) {
  const auto clean_name = new_name(name);
  if (clean_name.refused()) return clean_name.refusal();
  const auto shown = new_display_name(display_name.empty() ? std::string_view(*clean_name) : display_name);
  if (shown.refused()) return shown.refusal();
  const auto id = person_store::add(tx, {{}, *clean_name, *shown, host, clock_.now(), {}}, password);
  if (!id) return Refusal{Refused::conflict, "This name is taken. Please choose another.", "name"};
  person_store::record(tx, *id, AccountEvent::created, clock_.now());
  return *id;
}

void People::call(const std::vector<Hook>& hooks, db::Tx& tx, PersonId id) {
  for (const Hook& hook : hooks) hook(tx, id);
}

Result<Done> People::set_display_name(PersonId id, std::string_view display_name) {
  const auto clean = new_display_name(display_name);
  if (clean.refused()) return clean.refusal();
  database_.write([&](db::Tx& tx) {
    person_store::set_display_name(tx, id, *clean);
    call(on_change_, tx, id);
  });
  return Done{};
}

void People::set_language(PersonId id, std::string_view language) {
  database_.write([&](db::Tx& tx) {
    person_store::set_language(tx, id, language);
    call(on_change_, tx, id);
  });
}

std::optional<Refusal> People::present_fault(const person_store::Account& account, std::string_view present) {
  const std::string key = std::to_string(account.person.id.value);
  if (presents_.wait_for(key))
    return Refusal{Refused::too_many, "There were too many tries. Please wait a minute and try again."};
  const auto fits = passwords_.verify(account.password, present);
  if (fits.refused()) return fits.refusal();
  if (!*fits) return Refusal{Refused::invalid, "This is not the present password.", "present"};
  presents_.give_back(key);
  return std::nullopt;
}

Result<Done> People::check_password(PersonId id, std::string_view present) {
  const auto account = database_.read([&](db::Reader& reader) { return person_store::account(reader, id); });
  if (!account) return nobody();
  if (auto refusal = present_fault(*account, present)) return std::move(*refusal);
  return Done{};
}

Result<Done> People::change_password(PersonId id, std::string_view present, std::string_view password,
                                     const std::optional<PublicId>& keep) {
  const auto account = database_.read([&](db::Reader& reader) { return person_store::account(reader, id); });
  if (!account) return nobody();
  if (auto refusal = present_fault(*account, present)) return std::move(*refusal);
  const auto hash = passwords_.hash(password, account->person.name);
  if (hash.refused()) return hash.refusal();
  database_.write([&](db::Tx& tx) {
    put_new_password(tx, id, *hash, AccountEvent::password_changed, clock_.now(), keep);
    call(on_change_, tx, id);
  });
  return Done{};
}

Result<Done> People::set_password(PersonId id, std::string_view password) {
  const auto person = database_.read([&](db::Reader& reader) { return person_store::find(reader, id); });
  if (!person) return nobody();
  const auto hash = passwords_.hash(password, person->name);
  if (hash.refused()) return hash.refusal();
  database_.write([&](db::Tx& tx) {
    recover_with_password(tx, id, *hash, AccountEvent::password_changed, clock_.now());
    call(on_change_, tx, id);
  });
  return Done{};
}

std::optional<Refusal> People::shut_out(db::Tx& tx, PersonId id) {
  const auto person = person_store::find(tx, id);
  if (!person) return nobody();
  if (is_only_host(tx, *person)) return only_host();
  if (!person->suspended) {
    person_store::set_suspended(tx, id, clock_.now());
    person_store::record(tx, id, AccountEvent::suspended, clock_.now());
  }
  session_store::remove_all(tx, id);
  token_store::remove_all(tx, id);
  return std::nullopt;
}

Result<Done> People::suspend(PersonId id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    if (auto refusal = shut_out(tx, id)) return std::move(*refusal);
    call(on_change_, tx, id);
    return Done{};
  });
}

Result<Done> People::set_aside(PersonId id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    if (auto refusal = shut_out(tx, id)) return std::move(*refusal);
    if (!person_store::find(tx, id)->removed) person_store::set_removed(tx, id, clock_.now());
    call(on_change_, tx, id);
    return Done{};
  });
}

Result<Done> People::unsuspend(PersonId id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto person = person_store::find(tx, id);
    if (!person) return nobody();
    if (!person->suspended) return Done{};
    person_store::set_suspended(tx, id, std::nullopt);
    person_store::set_removed(tx, id, std::nullopt);
    person_store::record(tx, id, AccountEvent::restored, clock_.now());
    call(on_change_, tx, id);
    return Done{};
  });
}

Result<Done> People::set_host(PersonId id, bool host) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto person = person_store::find(tx, id);
    if (!person) return nobody();
    if (!host && is_only_host(tx, *person)) return only_host();
    person_store::set_host(tx, id, host);
    call(on_change_, tx, id);
    return Done{};
  });
}

Result<Done> People::remove(PersonId id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto person = person_store::find(tx, id);
    if (!person) return nobody();
    if (is_only_host(tx, *person) && person_store::anyone_else(tx, id)) return only_host();
    forget(tx, id);
    return Done{};
  });
}

void People::forget(db::Tx& tx, PersonId id) {
  call(on_remove_, tx, id);
  person_store::remove(tx, id);
}

// One at a time, and asked again within its transaction: they may have been taken back meanwhile.
void People::sweep_removed() {
  const Time over = clock_.now() - removal_takes;
  while (database_.write([&](db::Tx& tx) {
    const auto person = person_store::removed_before(tx, over);
    if (person) forget(tx, *person);
    return person.has_value();
  })) {
  }
}

}  // namespace keepsake

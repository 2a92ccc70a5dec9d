#include "audience/circles.h"

#include "audience/circle_store.h"
#include "audience/label.h"
#include "person/people.h"

namespace keepsake {
namespace {

Refusal no_such_circle() {
  return {Refused::not_found, "There is no such circle."};
}

Refusal nobody_by_that_name() {
  return {Refused::invalid, "There is nobody here by that name.", "people"};
}

Refusal too_many_people() {
  return {Refused::invalid, "A circle can hold up to " + std::to_string(Circles::most_members) + " people.",
          "people"};
}

Result<std::vector<PersonId>> persons_named(db::Reader& reader, PersonId owner,
                                            const std::vector<std::string>& names) {
  if (names.size() > Circles::most_members) return too_many_people();
  std::vector<PersonId> persons;
  for (const auto& name : names) {
    const auto person = People::find(reader, typed_name(name));
    if (!person) return nobody_by_that_name();
    if (person->id != owner) persons.push_back(person->id);
  }
  return persons;
}

}  // namespace

Result<PublicId> Circles::create(PersonId owner, std::string_view typed,
                                 const std::vector<std::string>& people) {
  const auto name = new_label(typed, "A circle");
  if (name.refused()) return name.refusal();
  return database_.write([&](db::Tx& tx) -> Result<PublicId> {
    if (circle_store::count(tx, owner) >= most_of_owner)
      return Refusal{
          Refused::conflict,
          "You have as many circles as one person can keep. Please end one that you no longer need."};
    const auto id = PublicId::random();
    const auto circle = circle_store::insert(tx, id, owner, *name, clock_.now());
    if (const auto joined = join(tx, owner, circle, people); joined.refused()) return joined.refusal();
    return id;
  });
}

Result<Done> Circles::rename(PersonId owner, const PublicId& circle, std::string_view typed) {
  const auto name = new_label(typed, "A circle");
  if (name.refused()) return name.refusal();
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto row = circle_store::row_of(tx, owner, circle);
    if (!row) return no_such_circle();
    circle_store::rename(tx, *row, *name);
    return Done();
  });
}

Result<Done> Circles::add(PersonId owner, const PublicId& circle, std::string_view person) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto row = circle_store::row_of(tx, owner, circle);
    if (!row) return no_such_circle();
    return join(tx, owner, *row, {std::string(person)});
  });
}

Result<Done> Circles::remove(PersonId owner, const PublicId& circle, std::string_view person) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto row = circle_store::row_of(tx, owner, circle);
    if (!row) return no_such_circle();
    const auto member = People::find(tx, typed_name(person));
    if (member && circle_store::leave(tx, *row, member->id)) epoch_.raise(tx);
    return Done();
  });
}

Result<Done> Circles::end(PersonId owner, const PublicId& circle) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto row = circle_store::row_of(tx, owner, circle);
    if (!row) return no_such_circle();
    circle_store::remove(tx, *row);
    epoch_.raise(tx);
    return Done();
  });
}

std::vector<Circle> Circles::of_owner(PersonId owner) {
  return database_.read([&](db::Reader& reader) { return circle_store::of_owner(reader, owner); });
}

std::optional<Circle> Circles::find(db::Reader& reader, PersonId owner, const PublicId& circle) {
  for (auto& one : circle_store::of_owner(reader, owner))
    if (one.id == circle) return std::move(one);
  return std::nullopt;
}

std::optional<CircleId> Circles::row(db::Reader& reader, PersonId owner, const PublicId& circle) {
  return circle_store::row_of(reader, owner, circle);
}

std::optional<PublicId> Circles::public_id(db::Reader& reader, CircleId circle) {
  return circle_store::public_id(reader, circle);
}

bool Circles::admit(db::Tx& tx, CircleId circle, PersonId person) {
  if (!circle_store::exists(tx, circle) || circle_store::member_count(tx, circle) >= most_members)
    return false;
  if (circle_store::join(tx, circle, person, clock_.now())) epoch_.raise(tx);
  return true;
}

Result<Done> Circles::join(db::Tx& tx, PersonId owner, CircleId circle,
                           const std::vector<std::string>& people) {
  const auto persons = persons_named(tx, owner, people);
  if (persons.refused()) return persons.refusal();
  bool changed = false;
  for (const auto person : *persons) changed |= circle_store::join(tx, circle, person, clock_.now());
  if (circle_store::member_count(tx, circle) > most_members) return too_many_people();
  if (changed) epoch_.raise(tx);
  return Done();
}

}  // namespace keepsake

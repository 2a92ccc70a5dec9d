#include "audience/blocks.h"

#include "audience/block_store.h"
#include "person/people.h"

namespace keepsake {
namespace {

Refusal nobody_by_that_name() {
  return {Refused::not_found, "There is nobody here by that name."};
}

}  // namespace

Result<Done> Blocks::block(PersonId by, std::string_view name) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto person = People::find(tx, typed_name(name));
    if (!person) return nobody_by_that_name();
    if (person->id == by) return Refusal{Refused::invalid, "That is your own name.", "name"};
    if (!block_store::insert(tx, by, person->id, clock_.now())) return Done();
    if (block_store::count(tx, by) > most_of_person)
      return Refusal{Refused::conflict, "You have blocked as many people as one person can."};
    epoch_.raise(tx);
    return Done();
  });
}

Result<Done> Blocks::unblock(PersonId by, std::string_view name) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto person = People::find(tx, typed_name(name));
    if (!person) return nobody_by_that_name();
    if (block_store::remove(tx, by, person->id)) epoch_.raise(tx);
    return Done();
  });
}

std::vector<BlockedPerson> Blocks::of(PersonId by) {
  return database_.read([&](db::Reader& reader) { return block_store::of(reader, by); });
}

bool Blocks::between(db::Reader& reader, PersonId one, PersonId other) {
  return block_store::between(reader, one, other);
}

void Blocks::pause(db::Tx& tx, PersonId person) {
  block_store::insert_quiet(tx, person, block_store::Quiet::pause, clock_.now());
  epoch_.raise(tx);
}

void Blocks::resume(db::Tx& tx, PersonId person) {
  block_store::remove_quiet(tx, person, block_store::Quiet::pause);
  epoch_.raise(tx);
}

void Blocks::follow_suspension(db::Tx& tx, PersonId person) {
  const auto found = People::find(tx, person);
  const bool changed =
      found && found->suspended
          ? block_store::insert_quiet(tx, person, block_store::Quiet::suspended, *found->suspended)
          : block_store::remove_quiet(tx, person, block_store::Quiet::suspended);
  if (changed) epoch_.raise(tx);
}

bool Blocks::paused(db::Reader& reader, PersonId person) {
  return block_store::is_quiet(reader, person, block_store::Quiet::pause);
}

}  // namespace keepsake

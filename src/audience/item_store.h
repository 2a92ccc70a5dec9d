#pragma once
// The rows of items, grants, holds and acceptances.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audience/grant.h"
#include "audience/visibility.h"
#include "db/database.h"

namespace keepsake::item_store {

ItemId insert(db::Tx& tx, ItemKind kind, PersonId author);
void remove(db::Tx& tx, ItemId item);
void set_sealed(db::Tx& tx, ItemId item, bool sealed);

// With all grants, sorted.
std::optional<ItemFacts> facts(db::Reader& reader, ItemId item);
ItemKind kind(db::Reader& reader, ItemId item);
std::vector<Grant> grants(db::Reader& reader, ItemId item);

// The time of publication is set once, and copied to the grants while the item is published.
void set_state(db::Tx& tx, ItemId item, ItemState state, Time now);

void put_grant(db::Tx& tx, ItemId item, const Grant& grant);
void remove_grants(db::Tx& tx, ItemId item);

bool has_notes(db::Reader& reader, ItemId item);
void set_has_notes(db::Tx& tx, ItemId item, bool has_notes);
// Sets the gate to what notes and grants make it; `changed` ends earlier acceptances.
void settle_gate(db::Tx& tx, ItemId item, bool changed);

std::vector<std::int64_t> photos(db::Reader& reader, ItemId item);
// False if it held the photo already.
bool hold(db::Tx& tx, ItemId item, std::int64_t photo);
void let_go(db::Tx& tx, ItemId item, std::int64_t photo);
// Out of every sealed album; false if none held it.
bool let_out(db::Tx& tx, PhotoId photo);
void forget_photos(db::Tx& tx, std::span<const PhotoId> photos);

// Of the gate as it stands.
Accepted accepted(db::Reader& reader, ItemId item, PersonId person);
void put_acceptance(db::Tx& tx, ItemId item, PersonId person, Accepted accepted);

}  // namespace keepsake::item_store

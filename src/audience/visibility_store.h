#pragma once
// The facts behind a decision, as the database has them.
#include <optional>
#include <vector>

#include "audience/visibility.h"
#include "db/database.h"

namespace keepsake::visibility_store {

struct Known {
  ItemFacts facts;  // of the grants those alone whose key the viewer holds
  ItemKind kind = ItemKind::story;
  bool sealed = false;
  bool blocked = false;                   // between the author and the viewer
  Accepted accepted = Accepted::nothing;  // by the signed-in viewer, of the gate as it stands
};

std::optional<Known> of_item(db::Reader& reader, const Viewer& viewer, ItemId item);
// Every item that holds the photo.
std::vector<Known> holding(db::Reader& reader, const Viewer& viewer, PhotoId photo);
// Whether a story of `author` is published that the viewer, another person, may see.
bool sees_a_story_of(db::Reader& reader, const Viewer& viewer, PersonId author);

// The person's key, or 0, which is nobody's.
std::int64_t person_or_nobody(const Viewer& viewer);
std::vector<std::int64_t> packed_keys(const Viewer& viewer);

}  // namespace keepsake::visibility_store

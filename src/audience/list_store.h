#pragma once
// The rows of lists, a few at a time for each key: what a list costs goes by these.
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audience/visibility.h"
#include "db/database.h"

namespace keepsake::list_store {

struct Place {
  std::int64_t published = 0;
  ItemId item;
  auto operator<=>(const Place&) const = default;
};

// Newest first over all authors, or oldest first over one.
struct Scope {
  std::optional<PersonId> author;
  bool newest_first() const { return !author; }
};

// For each of `keys` its next places behind `after`, at most `most`, in the scope's order. SQLite steps a
// prepared statement for each key, PostgreSQL runs along a LATERAL over them.
std::vector<std::vector<Place>> behind(db::Reader& reader, const Scope& scope,
                                       std::span<const std::int64_t> keys, const Place& after, int most);
// The author's own published stories, oldest first.
std::vector<Place> own(db::Reader& reader, PersonId author, const Place& after, int most);

// Which of `items`, whose grants the viewer meets, they may see and did not write: the rule's other half
// (published, not quiet, no block) as SQL. Sorted.
std::vector<ItemId> seen_among(db::Reader& reader, const Viewer& viewer, std::span<const std::int64_t> items);
// Whether nothing of `author` is for this viewer: a block between them, or a pause.
bool apart(db::Reader& reader, const Viewer& viewer, PersonId author);

}  // namespace keepsake::list_store

#pragma once
// The one rule of visibility. Everything that leaves the house passes one of these functions; nothing else
// decides. `decide` is the rule itself; visibility_store asks the database for the facts; in lists the
// same rule stands as SQL. A property test holds the two and a naive oracle together.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audience/grant.h"
#include "audience/viewer.h"
#include "base/clock.h"
#include "base/id.h"
#include "db/database.h"

namespace keepsake {

enum class ItemState : std::int64_t { draft = 0, published = 1, withdrawn = 2, trashed = 3 };
enum class ItemKind : std::int64_t { story = 0, album = 1 };

// hidden looks exactly like absent. gated: the author's note and the content notes alone. descriptions: text
// and alt texts, no image. open: everything.
enum class Outcome { hidden, gated, descriptions, open };

struct ItemFacts {
  ItemId item;
  PersonId author;
  ItemState state = ItemState::draft;
  bool gate = false;              // has content notes or the grant `door`
  std::int64_t gate_version = 0;  // raised whenever what the gate says changes
  bool author_quiet = false;      // the author paused everything
  std::vector<Grant> grants;
};

// What the database knows between this viewer and this item.
struct Relation {
  bool blocked = false;                   // author and viewer are kept apart by a block, whoever set it
  Accepted accepted = Accepted::nothing;  // for this gate_version
};

struct Decision {
  Outcome outcome = Outcome::hidden;
  bool author = false;            // the viewer is the item's author
  Time until = Time::max();       // from this moment on the decision must be made anew
  std::int64_t gate_version = 0;  // of one item's gate, where the decision is not hidden
};

// The rule. Pure.
Decision decide(const ItemFacts& item, const Viewer& viewer, const Relation& relation);

// A place in a list that runs from newest to oldest: the last row seen. (Or from the beginning, for a
// person's page.)
struct ListCursor {
  std::int64_t published = 0;
  ItemId item;  // for an address see list_cursor.h
};
struct ListPage {
  std::vector<ItemId> items;
  std::optional<ListCursor> next;  // absent at the end
};

namespace visibility {

// Facts and decision for one item. Hidden and absent are the same answer by the same query.
Decision of_item(db::Reader& reader, const Viewer& viewer, ItemId item);
// A photo's renditions: open if some story open to the viewer holds it, or the viewer owns it and no sealed
// album holds it; otherwise hidden.
Decision of_photo(db::Reader& reader, const Viewer& viewer, PhotoId photo, PersonId owner);
// Whether `author`'s page exists for the viewer: they may see one of their stories, or are that person. To be
// asked in the same way about a name nobody has, with PersonId{0}.
bool exists_for(db::Reader& reader, const Viewer& viewer, PersonId author);

// The published stories that are not hidden for the viewer and not their own, newest first. `limit` 1 to 100.
// Scans at most 2,000 rows past blocks and doubles, then returns short with a cursor. Cost goes by the keys
// the viewer holds and the rows shown, not by how many stories exist.
ListPage feed(db::Reader& reader, const Viewer& viewer, const std::optional<ListCursor>& after, int limit);
// The same for one author, oldest first; the author's own published ones too when the viewer is the author.
ListPage of_author(db::Reader& reader, const Viewer& viewer, PersonId author,
                   const std::optional<ListCursor>& after, int limit);

}  // namespace visibility
}  // namespace keepsake

#pragma once
// What one may do with stories. Whatever is hidden from the viewer is not_found, as what never was, by the
// same queries. Every change that a reader could notice raises the visibility epoch in its own transaction.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/epoch.h"
#include "audience/items.h"
#include "audience/viewer.h"
#include "audience/visibility.h"
#include "base/clock.h"
#include "base/result.h"
#include "db/database.h"
#include "story/story.h"

namespace keepsake {

// A story as far as a viewer may read it.
struct ReadableStory {
  Decision decision;
  PublicId id;
  std::string author_name, author_display_name;
  std::string author_note;
  std::vector<std::string> notes;
  // Empty while gated: no text, photo or title, and topics only where the author wants help shown at the
  // gate too (help_at_gate). With Outcome::descriptions without the addresses of photos
  // (story_rules::keep_descriptions_only).
  Story story;
};

// A story in a list: no text, no photo.
struct ListedStory {
  PublicId id;
  std::string title;
  std::string lang;
  std::vector<std::string> notes;
  std::string author_name, author_display_name;
  Time published_at;
};
struct StoryList {
  std::vector<ListedStory> stories;
  std::optional<ListCursor> next;  // absent at the end
};
struct AuthorPage {
  std::string name, display_name;
  StoryList list;  // from the beginning
};

// One grant of a story, for its author's eyes.
struct AudienceEntry {
  Key key;
  std::string word;  // "circle:ID", as StoryChange takes it
  std::string name;  // of the circle or link, a person's display name; empty for the others
  bool past_gate = false;
};
using StoryAudience = std::vector<AudienceEntry>;

// What a change came to.
struct Edited {
  Story story;            // as it stands now
  bool conflict = false;  // somebody changed it first: nothing of this change was taken
};

// What becomes of what is kept of the typing (working_copies.h) when the story itself changes.
enum class TypedCopy { stays, is_done_with };

struct GateOf {
  ItemId item;
  std::int64_t gate_version = 0;
};

class Stories {
 public:
  Stories(db::Database& database, Items& items, Epoch& epoch, const Clock& clock)
      : database_(database), items_(items), epoch_(epoch), clock_(clock) {}

  // Refused: sign_in; invalid with the field (story_rules::changed; "photos.N.id" for a photo that is not the
  // author's, whether or not it is somebody else's; "audience", "past_gate").
  Result<Story> create(const Viewer& viewer, const StoryChange& draft);
  // The same for a form that has a name of its own. If it has become a story of the viewer's already, that
  // is a conflict: the story as it stands, and nothing of the draft was taken.
  Result<Edited> begin(const Viewer& viewer, const StoryChange& draft,
                       const std::optional<PublicId>& started);
  // `expected`: the version that was edited; absent: whatever stands. Refused: not_found unless the viewer's
  // own and not in the trash; invalid as above.
  Result<Edited> change(const Viewer& viewer, const PublicId& id, const StoryChange& change,
                        std::optional<std::int64_t> expected = {}, TypedCopy copy = TypedCopy::stays);

  // For thirty days nobody but its author sees it; what is there already stays as it is.
  Result<Done> move_to_trash(const Viewer& viewer, const PublicId& id);
  // From the trash back to withdrawn, or draft if it never was published.
  Result<Story> take_back(const Viewer& viewer, const PublicId& id);
  // Forgets the story for good, from wherever it is. Its photos stay their owner's.
  Result<Done> forget(const Viewer& viewer, const PublicId& id);
  // Forgets what has been in the trash for thirty days; returns how many. For a job, some times a day.
  int sweep_trash();

  // The viewer's own story in any state, the trash included; not_found otherwise.
  Result<Story> find_own(const Viewer& viewer, const PublicId& id);
  // The viewer's own outside the trash, the newest first; `after`: the last one of the page before; `limit` 1
  // to 500.
  std::vector<StoryHead> own(const Viewer& viewer, const std::optional<PublicId>& after = {},
                             int limit = 200);
  // The same in the trash, the last put there first, at most 500.
  std::vector<StoryHead> trashed(const Viewer& viewer);
  // Those of `items` that are the viewer's own, in any state, in the order of `items`.
  std::vector<StoryHead> own_of(const Viewer& viewer, const std::vector<ItemId>& items);
  // Who may see the viewer's own story.
  StoryAudience audience(const StoryHead& story);
  // The same for an audience that is only typed yet. Refused: invalid (field "audience").
  Result<StoryAudience> audience_named(const StoryHead& story, const std::vector<std::string>& words);

  // Refused: not_found. What is in the trash is at no address, for its author neither.
  Result<ReadableStory> find_visible(const Viewer& viewer, const PublicId& id);
  // Published stories of others that the viewer may see, newest first, by title and notes. `limit` 1 to 100.
  StoryList feed(const Viewer& viewer, const std::optional<ListCursor>& after, int limit);
  // A person's page. Refused: not_found unless the viewer may see a story of theirs or is that person.
  Result<AuthorPage> of_author(const Viewer& viewer, std::string_view name,
                               const std::optional<ListCursor>& after, int limit);

  // The gate as it stands, for a cookie. Refused: not_found.
  Result<GateOf> gate_of(const Viewer& viewer, const PublicId& id);
  // For a signed-in viewer who was shown the gate of this version (absent: whatever it says now); `viewer`
  // outlives the answer. Refused: sign_in, not_found, conflict if the gate has changed since.
  Later<Result<Done>> accept_gate(const Viewer& viewer, PublicId id, Accepted accepted,
                                  std::optional<std::int64_t> gate_version);
  // Decides nothing: for an item the viewer was let into already.
  std::optional<PublicId> public_id(ItemId item);

 private:
  Result<Edited> apply(db::Tx& tx, const Story& before, const StoryChange& change);
  void set_state(db::Tx& tx, Story& story);
  Result<Done> set_photos(db::Tx& tx, Story& story);
  Result<Done> set_audience(db::Tx& tx, const Story& story, const StoryChange& change);

  db::Database& database_;
  Items& items_;
  Epoch& epoch_;
  const Clock& clock_;
};

}  // namespace keepsake

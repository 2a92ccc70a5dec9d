#pragma once
// A story as values, and the pure rules of what one may say in it.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/visibility.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "photo/photo.h"

namespace keepsake {

// Who may comment; kept here, judged elsewhere.
enum class CommentRule : std::int64_t { nobody = 0, named = 1, readers = 2 };
std::string_view word_of(CommentRule rule);  // "nobody", "named", "readers"
std::optional<CommentRule> parse_comment_rule(std::string_view word);
// "draft", "published", "withdrawn", "trashed".
std::string_view word_of(ItemState state);

// A photo as a story holds it.
struct StoryPhoto {
  PhotoId row;
  PublicId id;
  Extent extent;  // of what is shown of it
  std::string alt, caption, credit;
  Bytes placeholder = {};  // a ThumbHash; empty: none
};

// All of a story but its text and photos.
struct StoryHead {
  PublicId id;
  ItemId item;
  PersonId author;
  std::string title;  // may be empty
  std::string lang = "en";
  std::string author_note;  // for the gate
  std::vector<std::string> notes;
  std::vector<std::string> topics;  // words of helpline/topic.h: they choose the help that readers are shown
  bool help_at_gate = false;        // shown before the story too, to whoever comes as far as its gate
  CommentRule comments = CommentRule::nobody;
  ItemState state = ItemState::draft;
  std::int64_t version = 1;  // raised by every change
  Time created, changed;
  std::optional<Time> published_at;  // the first time
  std::optional<Time> trashed_at;
  std::optional<PublicId> started;  // names the form that it was first typed into

  // Content notes or an author's note make a gate; the grant `door` makes one too.
  bool has_gate_words() const { return !notes.empty() || !author_note.empty(); }
};

struct Story : StoryHead {
  std::string body;  // Markdown; `![...](photo:ID)` places one of the photos
  std::vector<StoryPhoto> photos;
};

// What somebody asks a story to become, as it came from outside: what is absent stays (or, for a new story,
// has its default). Lists are replaced whole.
struct StoryChange {
  struct Photo {
    std::string id, alt, caption, credit;
  };
  std::optional<std::string> title = {};
  std::optional<std::string> lang = {};
  std::optional<std::string> body = {};
  std::optional<std::string> author_note = {};
  std::optional<std::vector<std::string>> notes = {};
  std::optional<std::vector<std::string>> topics = {};
  std::optional<bool> help_at_gate = {};
  std::optional<std::vector<Photo>> photos = {};
  // Words as audience_words.h reads them. What is not named is not granted, guest links too; none: only me.
  std::optional<std::vector<std::string>> audience = {};
  // Those of the audience (people, circles, links) who need not pass the gate.
  std::optional<std::vector<std::string>> past_gate = {};
  std::optional<std::string> comments = {};  // "nobody", "named", "readers"
  // "published", or "draft" or "withdrawn", which are the same wish: a story that is not published is
  // withdrawn if it ever was, and otherwise a draft.
  std::optional<std::string> state = {};
};

namespace story_rules {

inline constexpr std::size_t most_title = 300;     // code points
inline constexpr std::size_t most_body = 1 << 20;  // bytes
inline constexpr std::size_t most_author_note = 2'000;
inline constexpr std::size_t most_notes = 20, most_note = 100;
inline constexpr std::size_t most_photos = 500;
inline constexpr std::size_t most_caption = 2'000, most_credit = 300;  // alt texts as captions
inline constexpr std::chrono::days trash_days{30};
// Said of a photo of somebody else's and of one that never was.
inline constexpr std::string_view not_your_photo = "This photo is not among yours.";

// What is hidden and what never was are refused alike.
Refusal not_found();

// `story` with everything of the change but audience and past_gate, which need the database; line ends become
// "\n", white space at the ends of single lines and notes that are empty or said twice go. Refused: invalid
// with the field's name ("title", "notes.3", "photos.0.caption"); nothing was taken then. Photos come out
// with their ids and texts checked, still to be looked up.
Result<Story> changed(Story story, const StoryChange& change);

// For whoever may read the descriptions alone: photos lose their addresses, in the list and in the text,
// where numbers stand in for them.
void keep_descriptions_only(Story& story);

}  // namespace story_rules
}  // namespace keepsake

#include "story/stories.h"

#include <algorithm>
#include <limits>

#include "audience/audience_words.h"
#include "person/people.h"
#include "photo/photos.h"
#include "story/story_store.h"
#include "story/working_copy_store.h"

namespace keepsake {
namespace {

constexpr int most_trashed_shown = 500;
constexpr int forgotten_at_once = 20;  // in one transaction

using story_rules::not_found;
using story_store::own_head;

Refusal sign_in() {
  return {Refused::sign_in, "Please sign in to go on."};
}

// What the viewer may see at `id`. Whatever is hidden takes the same queries as what never was. A story in
// the trash is at no address, for its author neither.
struct Seen {
  ItemId item;
  Decision decision;
  bool hidden() const { return decision.outcome == Outcome::hidden; }
};
Seen look(db::Reader& reader, const Viewer& viewer, const PublicId& id) {
  Seen seen;
  seen.item = story_store::item_of(reader, id).value_or(ItemId{0});
  seen.decision = visibility::of_item(reader, viewer, seen.item);
  const auto head = seen.decision.author ? story_store::head(reader, seen.item) : std::nullopt;
  if (head && head->state == ItemState::trashed) seen.decision = {};
  return seen;
}

Story whole(db::Reader& reader, StoryHead head) {
  const ItemId item = head.item;
  return {std::move(head), story_store::body(reader, item), story_store::photos(reader, item)};
}

std::optional<Story> own_story(db::Reader& reader, const Viewer& viewer, const PublicId& id) {
  auto head = own_head(reader, viewer, id);
  if (!head) return std::nullopt;
  return whole(reader, std::move(*head));
}

bool gate_words_differ(const StoryHead& a, const StoryHead& b) {
  return a.notes != b.notes || a.author_note != b.author_note;
}

Result<std::vector<Key>> keys_of(db::Tx& tx, const StoryHead& story, const std::vector<std::string>& words,
                                 std::string_view field) {
  auto keys = AudienceWords::parse_all(tx, story.author, story.item, words);
  if (!keys.refused()) return keys;
  Refusal refusal = keys.refusal();
  refusal.field = field;
  return refusal;
}

bool holds(const std::vector<Key>& keys, Key key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool may_pass_gate(Key key) {
  return key.kind() == KeyKind::circle || key.kind() == KeyKind::person || key.kind() == KeyKind::link;
}

StoryList list_of(db::Reader& reader, const ListPage& page) {
  return {story_store::listed(reader, page.items), page.next};
}

}  // namespace

Result<Story> Stories::create(const Viewer& viewer, const StoryChange& draft) {
  auto made = begin(viewer, draft, {});
  if (made.refused()) return made.refusal();
  return std::move(made->story);
}

Result<Edited> Stories::begin(const Viewer& viewer, const StoryChange& draft,
                              const std::optional<PublicId>& started) {
  if (!viewer.signed_in()) return sign_in();
  const auto checked = story_rules::changed(Story(), draft);
  if (checked.refused()) return checked.refusal();
  const PublicId id = PublicId::random();
  return database_.write([&](db::Tx& tx) -> Result<Edited> {
    if (auto before = started ? story_store::started_by(tx, *viewer.person, *started) : std::nullopt)
      return Edited{whole(tx, *std::move(before)), true};
    Story story;
    story.id = id;
    story.started = started;
    story.author = *viewer.person;
    story.created = story.changed = clock_.now();
    story.version = 0;
    story.item = items_.create(tx, ItemKind::story, story.author, story.created);
    story_store::insert(tx, story);
    return apply(tx, story, draft);
  });
}

Result<Edited> Stories::change(const Viewer& viewer, const PublicId& id, const StoryChange& change,
                               std::optional<std::int64_t> expected, TypedCopy copy) {
  return database_.write([&](db::Tx& tx) -> Result<Edited> {
    auto story = own_story(tx, viewer, id);
    if (!story || story->state == ItemState::trashed) return not_found();
    if (expected && *expected != story->version) return Edited{std::move(*story), true};
    if (copy == TypedCopy::is_done_with) working_copy_store::remove(tx, story->item);
    return apply(tx, *story, change);
  });
}

Result<Edited> Stories::apply(db::Tx& tx, const Story& before, const StoryChange& change) {
  auto checked = story_rules::changed(before, change);
  if (checked.refused()) return checked.refusal();
  Story story = std::move(*checked);
  story.version += 1;
  story.changed = clock_.now();
  if (change.photos) {
    if (const auto done = set_photos(tx, story); done.refused()) return done.refusal();
  }
  if (const auto done = set_audience(tx, story, change); done.refused()) return done.refusal();
  items_.set_gate(tx, story.item, story.has_gate_words(), gate_words_differ(before, story));
  if (story.state != before.state) set_state(tx, story);
  story_store::update(tx, story);
  // Pages kept under the epoch show the words too.
  if (story.state == ItemState::published) epoch_.raise(tx);
  return Edited{std::move(story)};
}

void Stories::set_state(db::Tx& tx, Story& story) {
  if (story.state == ItemState::published && !story.published_at) story.published_at = story.changed;
  items_.set_state(tx, story.item, story.state, story.changed);
}

Result<Done> Stories::set_photos(db::Tx& tx, Story& story) {
  std::vector<PublicId> ids;
  for (const StoryPhoto& photo : story.photos) ids.push_back(photo.id);
  const std::vector<Photo> found = photos::by_ids(tx, story.author, ids);
  std::vector<PhotoId> rows;
  auto next = found.begin();
  for (std::size_t i = 0; i < story.photos.size(); ++i, ++next) {
    StoryPhoto& photo = story.photos[i];
    if (next == found.end() || next->id != photo.id)
      return Refusal{Refused::invalid, std::string(story_rules::not_your_photo),
                     "photos." + std::to_string(i) + ".id"};
    photo.row = next->row;
    photo.extent = next->extent;
    rows.push_back(photo.row);
  }
  items_.set_photos(tx, story.item, rows);
  story_store::put_photos(tx, story.item, story.photos);
  return Done{};
}

Result<Done> Stories::set_audience(db::Tx& tx, const Story& story, const StoryChange& change) {
  if (!change.audience && !change.past_gate) return Done{};
  std::vector<Key> keys, exempt;
  for (const auto& named : story_store::named_grants(tx, story.item)) {
    keys.push_back(named.grant.key);
    if (named.grant.past_gate) exempt.push_back(named.grant.key);
  }
  if (change.audience) {
    auto asked = keys_of(tx, story, *change.audience, "audience");
    if (asked.refused()) return asked.refusal();
    keys = std::move(*asked);
  }
  if (change.past_gate) {
    auto asked = keys_of(tx, story, *change.past_gate, "past_gate");
    if (asked.refused()) return asked.refusal();
    exempt = std::move(*asked);
    const bool fits = std::all_of(exempt.begin(), exempt.end(),
                                  [&](Key key) { return may_pass_gate(key) && holds(keys, key); });
    if (!fits)
      return Refusal{Refused::invalid,
                     "Only people, circles and links of the audience can be let past the gate.", "past_gate"};
  }
  std::vector<Grant> grants;
  for (const Key key : keys) grants.push_back({key, holds(exempt, key)});
  items_.set_grants(tx, story.item, std::move(grants));
  return Done{};
}

Result<Done> Stories::move_to_trash(const Viewer& viewer, const PublicId& id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto story = own_head(tx, viewer, id);
    if (!story) return not_found();
    if (story->state == ItemState::trashed) return Done{};
    const Time now = clock_.now();
    items_.set_state(tx, story->item, ItemState::trashed, now);
    story_store::set_trashed(tx, story->item, now, now);
    return Done{};
  });
}

Result<Story> Stories::take_back(const Viewer& viewer, const PublicId& id) {
  return database_.write([&](db::Tx& tx) -> Result<Story> {
    const auto story = own_head(tx, viewer, id);
    if (!story) return not_found();
    if (story->state != ItemState::trashed) return whole(tx, *story);
    const Time now = clock_.now();
    const auto state = story->published_at ? ItemState::withdrawn : ItemState::draft;
    items_.set_state(tx, story->item, state, now);
    story_store::set_trashed(tx, story->item, std::nullopt, now);
    return whole(tx, *story_store::head(tx, story->item));
  });
}

Result<Done> Stories::forget(const Viewer& viewer, const PublicId& id) {
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    const auto story = own_head(tx, viewer, id);
    if (!story) return not_found();
    items_.remove(tx, story->item);
    return Done{};
  });
}

int Stories::sweep_trash() {
  const Time since = clock_.now() - story_rules::trash_days;
  int forgotten = 0;
  for (;;) {
    const int now = database_.write([&](db::Tx& tx) {
      const auto items = story_store::trashed_before(tx, since, forgotten_at_once);
      for (const ItemId item : items) items_.remove(tx, item);
      return static_cast<int>(items.size());
    });
    forgotten += now;
    if (now < forgotten_at_once) return forgotten;
  }
}

Result<Story> Stories::find_own(const Viewer& viewer, const PublicId& id) {
  auto story = database_.read([&](db::Reader& reader) { return own_story(reader, viewer, id); });
  if (!story) return not_found();
  return std::move(*story);
}

std::vector<StoryHead> Stories::own(const Viewer& viewer, const std::optional<PublicId>& after, int limit) {
  if (!viewer.signed_in()) return {};
  return database_.read([&](db::Reader& reader) {
    ItemId before{std::numeric_limits<std::int64_t>::max()};
    const auto last = after ? own_head(reader, viewer, *after) : std::nullopt;
    if (last) before = last->item;
    return story_store::own(reader, *viewer.person, before, std::clamp(limit, 1, 500));
  });
}

std::vector<StoryHead> Stories::trashed(const Viewer& viewer) {
  if (!viewer.signed_in()) return {};
  return database_.read(
      [&](db::Reader& reader) { return story_store::trashed(reader, *viewer.person, most_trashed_shown); });
}

std::vector<StoryHead> Stories::own_of(const Viewer& viewer, const std::vector<ItemId>& items) {
  return database_.read([&](db::Reader& reader) {
    std::vector<StoryHead> heads;
    for (const ItemId item : items) {
      auto head = story_store::head(reader, item);
      if (head && viewer.person == head->author) heads.push_back(*std::move(head));
    }
    return heads;
  });
}

StoryAudience Stories::audience(const StoryHead& story) {
  return database_.read([&](db::Reader& reader) {
    StoryAudience audience;
    for (auto& named : story_store::named_grants(reader, story.item)) {
      const Key key = named.grant.key;
      if (auto word = AudienceWords::say(reader, key))
        audience.push_back({key, std::move(*word), std::move(named.name), named.grant.past_gate});
    }
    return audience;
  });
}

Result<StoryAudience> Stories::audience_named(const StoryHead& story, const std::vector<std::string>& words) {
  return database_.read([&](db::Reader& reader) -> Result<StoryAudience> {
    const auto keys = AudienceWords::parse_all(reader, story.author, story.item, words);
    if (keys.refused()) return keys.refusal();
    StoryAudience audience;
    for (const Key key : *keys) {
      if (auto word = AudienceWords::say(reader, key))
        audience.push_back({key, std::move(*word), story_store::name_of(reader, key), false});
    }
    return audience;
  });
}

Result<ReadableStory> Stories::find_visible(const Viewer& viewer, const PublicId& id) {
  return database_.read([&](db::Reader& reader) -> Result<ReadableStory> {
    const Seen seen = look(reader, viewer, id);
    if (seen.hidden()) return not_found();
    StoryHead head = *story_store::head(reader, seen.item);
    const auto author = People::find(reader, head.author);
    ReadableStory readable{seen.decision, id, author->name, author->display_name, head.author_note,
                           head.notes,    {}};
    if (seen.decision.outcome == Outcome::gated) {
      readable.story.help_at_gate = head.help_at_gate;
      if (head.help_at_gate) readable.story.topics = std::move(head.topics);
      return readable;
    }
    readable.story = whole(reader, std::move(head));
    if (seen.decision.outcome != Outcome::open) story_rules::keep_descriptions_only(readable.story);
    return readable;
  });
}

StoryList Stories::feed(const Viewer& viewer, const std::optional<ListCursor>& after, int limit) {
  return database_.read(
      [&](db::Reader& reader) { return list_of(reader, visibility::feed(reader, viewer, after, limit)); });
}

Result<AuthorPage> Stories::of_author(const Viewer& viewer, std::string_view name,
                                      const std::optional<ListCursor>& after, int limit) {
  return database_.read([&](db::Reader& reader) -> Result<AuthorPage> {
    const auto person = People::find(reader, name);
    const PersonId author = person ? person->id : PersonId{0};
    if (!visibility::exists_for(reader, viewer, author) || !person) return not_found();
    const ListPage page = visibility::of_author(reader, viewer, author, after, limit);
    return AuthorPage{person->name, person->display_name, list_of(reader, page)};
  });
}

Result<GateOf> Stories::gate_of(const Viewer& viewer, const PublicId& id) {
  return database_.read([&](db::Reader& reader) -> Result<GateOf> {
    const Seen seen = look(reader, viewer, id);
    if (seen.hidden()) return not_found();
    return GateOf{seen.item, seen.decision.gate_version};
  });
}

Later<Result<Done>> Stories::accept_gate(const Viewer& viewer, PublicId id, Accepted accepted,
                                         std::optional<std::int64_t> gate_version) {
  if (!viewer.signed_in()) co_return sign_in();
  co_return co_await database_.writing([&](db::Tx& tx) -> Result<Done> {
    const Seen seen = look(tx, viewer, id);
    if (seen.hidden()) return not_found();
    if (gate_version && *gate_version != seen.decision.gate_version) {
      return Refusal{Refused::conflict, "What stands before this story has changed. Please read it again."};
    }
    if (!seen.decision.author) items_.accept_gate(tx, seen.item, *viewer.person, accepted);
    return Done{};
  });
}

std::optional<PublicId> Stories::public_id(ItemId item) {
  return database_.read([&](db::Reader& reader) { return story_store::public_id(reader, item); });
}

}  // namespace keepsake

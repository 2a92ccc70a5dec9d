#include "story/story_store.h"

#include <unordered_map>

#include "base/text.h"

namespace keepsake::story_store {
namespace {

#define HEAD_COLUMNS                                                                                        \
  "s.item, s.public_id, s.author, s.title, s.lang, s.author_note, s.notes, s.topics, s.comments, i.state, " \
  "s.version, s.created, s.changed, i.published_at, s.trashed_at, s.started, s.help_at_gate"
#define HEADS "SELECT " HEAD_COLUMNS " FROM story s JOIN item i ON i.id = s.item "

std::vector<std::string> parts(std::string_view text, char separator) {
  if (text.empty()) return {};
  const auto views = split(text, separator);
  return {views.begin(), views.end()};
}

std::string joined(const std::vector<std::string>& list, char separator) {
  std::string text;
  for (const std::string& each : list) {
    if (!text.empty()) text += separator;
    text += each;
  }
  return text;
}

StoryHead read_head(const db::Row& row) {
  StoryHead head;
  head.item = row.id<ItemId>(0);
  head.id = row.public_id(1);
  head.author = row.id<PersonId>(2);
  head.title = row.text(3);
  head.lang = row.text(4);
  head.author_note = row.text(5);
  head.notes = parts(row.text_view(6), '\n');
  head.topics = parts(row.text_view(7), ' ');
  head.comments = static_cast<CommentRule>(row.integer(8));
  head.state = static_cast<ItemState>(row.integer(9));
  head.version = row.integer(10);
  head.created = row.time(11);
  head.changed = row.time(12);
  head.published_at = row.maybe_time(13);
  head.trashed_at = row.maybe_time(14);
  if (!row.is_null(15)) head.started = row.public_id(15);
  head.help_at_gate = row.boolean(16);
  return head;
}

}  // namespace

void insert(db::Tx& tx, const Story& story) {
  tx.execute(R"(INSERT INTO story (item, public_id, author, title, lang, body, author_note, notes, topics,
                                   comments, version, created, changed, started, help_at_gate)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))",
             story.item, story.id, story.author, story.title, story.lang, story.body, story.author_note,
             joined(story.notes, '\n'), joined(story.topics, ' '), static_cast<std::int64_t>(story.comments),
             story.version, story.created, story.changed, story.started, story.help_at_gate);
}

void update(db::Tx& tx, const Story& story) {
  tx.execute(R"(UPDATE story SET title = $1, lang = $2, body = $3, author_note = $4, notes = $5, topics = $6,
                                 comments = $7, version = $8, changed = $9, help_at_gate = $10
                WHERE item = $11)",
             story.title, story.lang, story.body, story.author_note, joined(story.notes, '\n'),
             joined(story.topics, ' '), static_cast<std::int64_t>(story.comments), story.version,
             story.changed, story.help_at_gate, story.item);
}

void put_photos(db::Tx& tx, ItemId item, const std::vector<StoryPhoto>& photos) {
  tx.execute("DELETE FROM story_photo WHERE item = $1", item);
  for (std::size_t place = 0; place < photos.size(); ++place) {
    const StoryPhoto& photo = photos[place];
    tx.execute(R"(INSERT INTO story_photo (item, place, photo, alt, caption, credit)
                  VALUES ($1, $2, $3, $4, $5, $6))",
               item, place, photo.row, photo.alt, photo.caption, photo.credit);
  }
}

void set_trashed(db::Tx& tx, ItemId item, std::optional<Time> since, Time now) {
  tx.execute("UPDATE story SET trashed_at = $1, changed = $2, version = version + 1 WHERE item = $3", since,
             now, item);
}

std::optional<ItemId> item_of(db::Reader& reader, const PublicId& id) {
  return reader.maybe(
      "SELECT item FROM story WHERE public_id = $1", [](const db::Row& row) { return row.id<ItemId>(0); },
      id);
}

std::optional<PublicId> public_id(db::Reader& reader, ItemId item) {
  return reader.maybe(
      "SELECT public_id FROM story WHERE item = $1", [](const db::Row& row) { return row.public_id(0); },
      item);
}

std::optional<StoryHead> head(db::Reader& reader, ItemId item) {
  return reader.maybe(HEADS "WHERE s.item = $1", read_head, item);
}

std::optional<StoryHead> own_head(db::Reader& reader, const Viewer& viewer, const PublicId& id) {
  const auto item = item_of(reader, id);
  auto found = head(reader, item.value_or(ItemId{0}));
  if (!found || !viewer.is(found->author)) return std::nullopt;
  return found;
}

std::optional<StoryHead> started_by(db::Reader& reader, PersonId author, const PublicId& started) {
  return reader.maybe(HEADS "WHERE s.author = $1 AND s.started = $2", read_head, author, started);
}

std::string body(db::Reader& reader, ItemId item) {
  return reader.one(
      "SELECT body FROM story WHERE item = $1", [](const db::Row& row) { return row.text(0); }, item);
}

std::vector<StoryPhoto> photos(db::Reader& reader, ItemId item) {
  const auto read = [](const db::Row& row) {
    const Extent extent{static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3))};
    return StoryPhoto{row.id<PhotoId>(0),
                      row.public_id(1),
                      extent,
                      row.text(4),
                      row.text(5),
                      row.text(6),
                      row.maybe_bytes(7).value_or(Bytes())};
  };
  return reader.all(R"(SELECT p.id, p.public_id, p.width, p.height, h.alt, h.caption, h.credit, p.placeholder
                       FROM story_photo h JOIN photo p ON p.id = h.photo
                       WHERE h.item = $1 ORDER BY h.place)",
                    read, item);
}

std::vector<StoryHead> own(db::Reader& reader, PersonId author, ItemId before, int limit) {
  return reader.all(HEADS
                    "WHERE s.author = $1 AND s.item < $2 AND i.state <> 3 ORDER BY s.item DESC LIMIT $3",
                    read_head, author, before, limit);
}

std::vector<StoryHead> trashed(db::Reader& reader, PersonId author, int limit) {
  return reader.all(HEADS
                    "WHERE s.author = $1 AND s.trashed_at IS NOT NULL "
                    "ORDER BY s.trashed_at DESC, s.item DESC LIMIT $2",
                    read_head, author, limit);
}

std::vector<ItemId> trashed_before(db::Reader& reader, Time time, int limit) {
  return reader.all(
      "SELECT item FROM story WHERE trashed_at <= $1 ORDER BY trashed_at LIMIT $2",
      [](const db::Row& row) { return row.id<ItemId>(0); }, time, limit);
}

std::vector<ListedStory> listed(db::Reader& reader, std::span<const ItemId> items) {
  std::vector<std::int64_t> keys;
  for (const ItemId item : items) keys.push_back(item.value);
  std::unordered_map<std::int64_t, ListedStory> found;
  reader.query(
      R"(SELECT s.item, s.public_id, s.title, s.lang, s.notes, p.name, p.display_name, i.published_at
                  FROM story s JOIN item i ON i.id = s.item JOIN person p ON p.id = s.author WHERE )" +
          db::keys_in(reader.engine(), "s.item", 1),
      [&](const db::Row& row) {
        found.emplace(row.integer(0),
                      ListedStory{row.public_id(1), row.text(2), row.text(3), parts(row.text_view(4), '\n'),
                                  row.text(5), row.text(6), row.time(7)});
      },
      std::span<const std::int64_t>(keys));
  std::vector<ListedStory> listed;
  for (const std::int64_t key : keys) {
    if (const auto story = found.find(key); story != found.end()) listed.push_back(std::move(story->second));
  }
  return listed;
}

std::vector<NamedGrant> named_grants(db::Reader& reader, ItemId item) {
  const auto read = [](const db::Row& row) {
    return NamedGrant{{Key::from_packed(row.integer(0)), row.boolean(1)}, row.text(2)};
  };
  return reader.all(R"(SELECT g.grant_key, g.past_gate, COALESCE(c.name, l.name, p.display_name, '')
                       FROM grants g
                       LEFT JOIN circle c ON c.id = g.circle
                       LEFT JOIN guest_link l ON l.id = g.link
                       LEFT JOIN person p ON p.id = g.person
                       WHERE g.item = $1 ORDER BY g.grant_key)",
                    read, item);
}

std::string name_of(db::Reader& reader, Key key) {
  const auto named = [&](std::string_view query) {
    const auto name = reader.maybe(query, [](const db::Row& row) { return row.text(0); }, key.id());
    return name.value_or(std::string());
  };
  if (key.kind() == KeyKind::circle) return named("SELECT name FROM circle WHERE id = $1");
  if (key.kind() == KeyKind::link) return named("SELECT name FROM guest_link WHERE id = $1");
  if (key.kind() == KeyKind::person) return named("SELECT display_name FROM person WHERE id = $1");
  return {};
}

}  // namespace keepsake::story_store

#pragma once
// The SQL of stories.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audience/grant.h"
#include "db/database.h"
#include "story/stories.h"
#include "story/story.h"

namespace keepsake::story_store {

// `story.item` exists already; photos are put apart.
void insert(db::Tx& tx, const Story& story);
void update(db::Tx& tx, const Story& story);
// All of a story's photos, in their order.
void put_photos(db::Tx& tx, ItemId item, const std::vector<StoryPhoto>& photos);
// Its place in the trash, and the change that this is.
void set_trashed(db::Tx& tx, ItemId item, std::optional<Time> since, Time now);

std::optional<ItemId> item_of(db::Reader& reader, const PublicId& id);
std::optional<PublicId> public_id(db::Reader& reader, ItemId item);
std::optional<StoryHead> head(db::Reader& reader, ItemId item);
// The viewer's own, in any state; by the same queries for what is somebody else's and what never was.
std::optional<StoryHead> own_head(db::Reader& reader, const Viewer& viewer, const PublicId& id);
// The author's story that the form of this name has become.
std::optional<StoryHead> started_by(db::Reader& reader, PersonId author, const PublicId& started);
std::string body(db::Reader& reader, ItemId item);
std::vector<StoryPhoto> photos(db::Reader& reader, ItemId item);

// Outside the trash, newest first, those before `before`.
std::vector<StoryHead> own(db::Reader& reader, PersonId author, ItemId before, int limit);
std::vector<StoryHead> trashed(db::Reader& reader, PersonId author, int limit);
std::vector<ItemId> trashed_before(db::Reader& reader, Time time, int limit);

// Those of `items` that exist, in the order of `items`.
std::vector<ListedStory> listed(db::Reader& reader, std::span<const ItemId> items);

// What the grants of an item name: circles and links by their names, persons by their display names.
struct NamedGrant {
  Grant grant;
  std::string name;
};
std::vector<NamedGrant> named_grants(db::Reader& reader, ItemId item);
// The name of what a key stands for, as above; empty where it has none.
std::string name_of(db::Reader& reader, Key key);

}  // namespace keepsake::story_store

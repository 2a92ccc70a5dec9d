#include <algorithm>

#include "audience/key_merge.h"
#include "audience/list_store.h"
#include "audience/visibility.h"
#include "audience/visibility_store.h"

namespace keepsake::visibility {
namespace {

using list_store::Place;

constexpr int most_scanned = 2'000;
constexpr std::size_t most_at_once = 500;

std::optional<Place> place_of(const std::optional<ListCursor>& cursor) {
  if (!cursor) return std::nullopt;
  return Place{cursor->published, cursor->item};
}

ListCursor cursor_at(const Place& place) {
  return {place.published, place.item};
}

std::vector<ItemId> seen_of(db::Reader& reader, const Viewer& viewer, const std::vector<Place>& places) {
  std::vector<std::int64_t> items;
  items.reserve(places.size());
  for (const auto& place : places) items.push_back(place.item.value);
  return list_store::seen_among(reader, viewer, items);
}

// Adds what the viewer sees of `places`; where the page is full, returns how many places that took.
std::optional<std::size_t> add_seen(ListPage& page, const std::vector<Place>& places,
                                    const std::vector<ItemId>& seen, std::size_t limit) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!std::binary_search(seen.begin(), seen.end(), places[i].item)) continue;
    page.items.push_back(places[i].item);
    if (page.items.size() == limit) return i + 1;
  }
  return std::nullopt;
}

ListPage collect(db::Reader& reader, const Viewer& viewer, KeyMerge& merge, std::size_t limit) {
  ListPage page;
  for (auto count = limit + 1;; count = std::min(count * 2, most_at_once)) {
    const auto places = merge.take(count);
    if (places.empty()) break;
    if (const auto took = add_seen(page, places, seen_of(reader, viewer, places), limit)) {
      if (*took < places.size() || !merge.at_end()) page.next = cursor_at(places[*took - 1]);
      return page;
    }
  }
  if (merge.stopped_short()) page.next = cursor_at(*merge.last());
  return page;
}

ListPage own_page(db::Reader& reader, PersonId author, const std::optional<ListCursor>& after, int limit) {
  const auto places =
      list_store::own(reader, author, place_of(after).value_or(Place{INT64_MIN, {INT64_MIN}}), limit + 1);
  ListPage page;
  for (const auto& place : places) {
    if (page.items.size() == static_cast<std::size_t>(limit)) break;
    page.items.push_back(place.item);
  }
  if (places.size() > page.items.size()) page.next = cursor_at(places[page.items.size() - 1]);
  return page;
}

ListPage merged(db::Reader& reader, const Viewer& viewer, const list_store::Scope& scope,
                const std::optional<ListCursor>& after, int limit) {
  KeyMerge merge(reader, scope, visibility_store::packed_keys(viewer), place_of(after), limit, most_scanned);
  return collect(reader, viewer, merge, static_cast<std::size_t>(limit));
}

}  // namespace

ListPage feed(db::Reader& reader, const Viewer& viewer, const std::optional<ListCursor>& after, int limit) {
  return merged(reader, viewer, {}, after, std::clamp(limit, 1, 100));
}

ListPage of_author(db::Reader& reader, const Viewer& viewer, PersonId author,
                   const std::optional<ListCursor>& after, int limit) {
  limit = std::clamp(limit, 1, 100);
  if (viewer.is(author)) return own_page(reader, author, after, limit);
  // Asked before, so that a page cut short at the most rows cannot tell of stories kept from the viewer.
  if (list_store::apart(reader, viewer, author)) return {};
  return merged(reader, viewer, {author}, after, limit);
}

}  // namespace keepsake::visibility

#include "audience/key_merge.h"

#include <algorithm>
#include <limits>

namespace keepsake {
namespace {

constexpr int most_read_ahead = 256;

KeyMerge::Place before_all(bool newest_first) {
  using Limits = std::numeric_limits<std::int64_t>;
  const auto edge = newest_first ? Limits::max() : Limits::min();
  return {edge, ItemId{edge}};
}

// With many keys each is likely to give but a few rows of a page.
int first_read(int page, std::size_t keys) {
  return std::clamp(2 * page / static_cast<int>(std::max<std::size_t>(keys, 1)), 2, page + 1);
}

}  // namespace

KeyMerge::KeyMerge(db::Reader& reader, const list_store::Scope& scope, std::vector<std::int64_t> keys,
                   const std::optional<Place>& after, int page, int most_scanned)
    : reader_(reader),
      scope_(scope),
      keys_(std::move(keys)),
      most_scanned_(most_scanned),
      streams_(keys_.size()),
      last_(after) {
  const auto from = after.value_or(before_all(scope.newest_first()));
  const int ahead = first_read(page, keys_.size());
  auto places = list_store::behind(reader_, scope_, keys_, from, ahead);
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    fill(i, std::move(places[i]), ahead);
    push(i);
  }
}

std::vector<KeyMerge::Place> KeyMerge::take(std::size_t count) {
  std::vector<Place> taken;
  while (taken.size() < count && scanned_ < most_scanned_ && !heap_.empty()) {
    const auto place = pop();
    ++scanned_;
    if (last_ == place) continue;
    last_ = place;
    taken.push_back(place);
  }
  return taken;
}

void KeyMerge::fill(std::size_t stream, std::vector<Place> places, int asked) {
  auto& to = streams_[stream];
  to.ended = places.size() < static_cast<std::size_t>(asked);
  to.places = std::move(places);
  to.at = 0;
  to.read_ahead = std::min(asked * 2, most_read_ahead);
}

bool KeyMerge::later(std::size_t a, std::size_t b) const {
  const auto& one = streams_[a].places[streams_[a].at];
  const auto& other = streams_[b].places[streams_[b].at];
  return scope_.newest_first() ? one < other : other < one;
}

void KeyMerge::push(std::size_t stream) {
  if (streams_[stream].at == streams_[stream].places.size()) return;
  heap_.push_back(stream);
  std::push_heap(heap_.begin(), heap_.end(), [this](auto a, auto b) { return later(a, b); });
}

KeyMerge::Place KeyMerge::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), [this](auto a, auto b) { return later(a, b); });
  const auto next = heap_.back();
  heap_.pop_back();
  auto& stream = streams_[next];
  const auto place = stream.places[stream.at++];
  if (stream.at == stream.places.size() && !stream.ended) {
    const int ahead = stream.read_ahead;
    auto more = list_store::behind(reader_, scope_, {&keys_[next], 1}, place, ahead);
    fill(next, std::move(more.front()), ahead);
  }
  push(next);
  return place;
}

}  // namespace keepsake

#pragma once
// One list out of many: the places of all keys a viewer holds, in order and each once.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "audience/list_store.h"
#include "db/database.h"

namespace keepsake {

class KeyMerge {
 public:
  using Place = list_store::Place;

  // Begins behind `after`. Reads ahead by what a page of `page` rows is likely to need, and scans at most
  // `most_scanned` rows, those of several keys counted for each.
  KeyMerge(db::Reader& reader, const list_store::Scope& scope, std::vector<std::int64_t> keys,
           const std::optional<Place>& after, int page, int most_scanned);

  // Up to `count` places more; fewer only at the end or when enough was scanned.
  std::vector<Place> take(std::size_t count);
  // Whether there may be more than was scanned.
  bool stopped_short() const { return scanned_ >= most_scanned_ && !heap_.empty(); }
  bool at_end() const { return heap_.empty(); }
  const std::optional<Place>& last() const { return last_; }

 private:
  struct Stream {
    std::vector<Place> places;
    std::size_t at = 0;
    int read_ahead = 0;
    bool ended = false;
  };

  void fill(std::size_t stream, std::vector<Place> places, int asked);
  bool later(std::size_t a, std::size_t b) const;
  void push(std::size_t stream);
  Place pop();

  db::Reader& reader_;
  list_store::Scope scope_;
  std::vector<std::int64_t> keys_;
  int most_scanned_;
  int scanned_ = 0;
  std::vector<Stream> streams_;    // one for each key
  std::vector<std::size_t> heap_;  // of streams that have a place, the next in front
  std::optional<Place> last_;
};

}  // namespace keepsake

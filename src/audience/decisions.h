#pragma once
// Decisions kept for a while, so that a crowd or a page full of photos does not ask the database for each
// request. What is kept holds as long as the visibility epoch it was made under is current and its deadline
// has not passed; so a change of audience takes effect with the next request. Thread-safe; bounded memory.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "audience/epoch.h"
#include "audience/viewer.h"
#include "audience/visibility.h"
#include "base/clock.h"
#include "db/database.h"

namespace keepsake {

class Decisions {
 public:
  // Keeps at most `most` decisions (some 130 bytes each).
  Decisions(db::Database& database, const Epoch& epoch, const Clock& clock, std::size_t most = 32'768);
  ~Decisions();

  // As visibility::of_item and of_photo, from what is kept or from the database.
  Decision of_item(const Viewer& viewer, ItemId item);
  Decision of_photo(const Viewer& viewer, PhotoId photo, PersonId owner);
  // The same within a view of the database that is open already; it must have been opened after the viewer
  // was made.
  Decision of_item(db::Reader& reader, const Viewer& viewer, ItemId item);
  Decision of_photo(db::Reader& reader, const Viewer& viewer, PhotoId photo, PersonId owner);

  // What is kept, if it still holds; never asks the database nor waits for it: fit for an I/O thread. For a
  // signed-in viewer whatever acceptance at a gate could widen is never kept.
  std::optional<Decision> known(const Viewer& viewer, ItemId item) const;
  std::optional<Decision> known(const Viewer& viewer, PhotoId photo) const;

  struct Counts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t kept = 0;
  };
  Counts counts() const;

 private:
  struct Kept;

  db::Database& database_;
  std::unique_ptr<Kept> kept_;
};

}  // namespace keepsake

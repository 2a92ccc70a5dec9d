#pragma once
// What an author is typing into the form of a story, kept while they type and apart from the story itself:
// whatever is kept here is its author's alone, and changes nothing that readers see. Its text is that of
// whoever shows the form; here it is only kept.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "audience/viewer.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

struct WorkingCopy {
  std::string form;          // UTF-8, at most WorkingCopies::most_bytes
  std::int64_t version = 0;  // of the story; another one there means that the story changed since
  Time saved;
};

// What keeping a copy came to.
struct KeptCopy {
  std::int64_t version = 0;  // of the story now
  bool conflict = false;     // somebody changed story or copy first: nothing was kept
};

class WorkingCopies {
 public:
  static constexpr std::size_t most_bytes = 4u << 20;

  // Both outlive this.
  WorkingCopies(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // Nothing for a story that is not the viewer's own, and where nothing is kept.
  std::optional<WorkingCopy> find(const Viewer& viewer, const PublicId& story);
  // Keeps `form` in the place of the copy before and raises the story's version, by which two windows notice
  // each other. `expected`: the version that was edited; absent: whatever stands. Refused: not_found unless
  // the viewer's own and not in the trash; too_large.
  Result<KeptCopy> keep(const Viewer& viewer, const PublicId& story, std::string form,
                        std::optional<std::int64_t> expected);
  // Forgets the copy; the story stays as it is. Refused: not_found unless the viewer's own.
  Result<Done> discard(const Viewer& viewer, const PublicId& story);

 private:
  db::Database& database_;
  const Clock& clock_;
};

}  // namespace keepsake

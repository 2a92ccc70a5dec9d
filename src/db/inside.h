#pragma once
// What the calling thread is in the middle of, so that a read within joins it and a write within a write is
// refused instead of waiting for itself.
#include "db/database.h"

namespace keepsake::db {

class Inside {
 public:
  enum class What { reading, writing, committed };

  // Holds for this thread until destroyed; `reader` may be null once committed.
  Inside(const Database& database, What what, Reader* reader)
      : database_(&database), what_(what), reader_(reader), outer_(top_) {
    top_ = this;
  }
  ~Inside() { top_ = outer_; }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  // The innermost view of `database` on this thread, or null.
  static Reader* reader(const Database& database) {
    const auto* inner = find(database);
    return inner ? inner->reader_ : nullptr;
  }
  static void refuse_write(const Database& database) {
    for (const auto* at = top_; at; at = at->outer_)
      if (at->database_ == &database && at->what_ != What::reading)
        throw Error("write() within a write() or its after_commit");
  }

 private:
  static const Inside* find(const Database& database) {
    const auto* at = top_;
    while (at && at->database_ != &database) at = at->outer_;
    return at;
  }

  static inline thread_local const Inside* top_ = nullptr;
  const Database* database_;
  What what_;
  Reader* reader_;
  const Inside* outer_;
};

}  // namespace keepsake::db

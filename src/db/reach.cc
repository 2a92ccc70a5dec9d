#include "db/reach.h"

#include "db/database.h"

namespace keepsake::db {

void Reach::before_connecting() {
  const std::lock_guard lock(mutex_);
  if (!lost_) return;
  const auto now = Steady::now();
  if (now < next_try_) throw Unreachable("the server did not answer a moment ago");
  next_try_ = now + one_try;
}

void Reach::found() {
  const std::lock_guard lock(mutex_);
  lost_ = false;
}

void Reach::lost() {
  const std::lock_guard lock(mutex_);
  lost_ = true;
  next_try_ = Steady::now() + rest;
}

}  // namespace keepsake::db

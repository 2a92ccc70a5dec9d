#pragma once
#include <memory>
#include <mutex>

#include "audience/epoch.h"
#include "base/clock.h"
#include "db/database.h"
#include "helpline/directory.h"

namespace keepsake {

class Helplines {
 public:
  Helplines(db::Database&, Epoch&, const Clock&) {}
  std::shared_ptr<const Directory> directory();

 private:
  std::mutex mutex_;
  std::shared_ptr<const Directory> kept_;
};

}  // namespace keepsake

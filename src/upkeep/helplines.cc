#include "upkeep/helplines.h"

namespace keepsake {

std::shared_ptr<const Directory> Helplines::directory() {
  const std::lock_guard lock(mutex_);
  if (!kept_) kept_ = std::make_shared<const Directory>(embedded_lines());
  return kept_;
}

}  // namespace keepsake

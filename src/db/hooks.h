#pragma once
// What runs once a write is durable.
#include <functional>
#include <vector>

#include "base/log.h"

namespace keepsake::db {

using Hooks = std::vector<std::function<void()>>;

// In order; one that throws against its promise is logged and the others still run.
inline void run_all(const Hooks& hooks) noexcept {
  for (const auto& hook : hooks) try {
      hook();
    } catch (...) {
      log_error("after_commit threw");
    }
}

}  // namespace keepsake::db

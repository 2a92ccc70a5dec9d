#include "web/single_flight.h"

namespace keepsake::web {

SingleFlight::Turn::Turn(SingleFlight& flight, std::string_view key)
    : flight_(flight), key_(key), makes_(flight.begin_or_wait(key_)) {}

bool SingleFlight::begin_or_wait(const std::string& key) {
  std::unique_lock lock(mutex_);
  if (under_way_.insert(key).second) return true;
  landed_.wait_for(lock, most_wait_, [&] { return !under_way_.contains(key); });
  return false;
}

void SingleFlight::land(const std::string& key) {
  {
    const std::lock_guard lock(mutex_);
    under_way_.erase(key);
  }
  landed_.notify_all();
}

}  // namespace keepsake::web

#pragma once
// A disk that is full is no fault of the program: what was being kept is refused, and everything else stays.
#include <cerrno>
#include <system_error>

#include "base/result.h"
#include "blobs/blob_store.h"
#include "db/database.h"

namespace keepsake {

// The refusal where the disk, or what the host keeps free on it, leaves no room.
Refusal no_room();

// What `act` gives, a Result; no_room() where it meets a full disk.
template <class Act>
auto unless_disk_is_full(Act&& act) -> decltype(act()) {
  try {
    return act();
  } catch (const blobs::DiskFull&) {
    return no_room();
  } catch (const db::DiskFull&) {
    return no_room();
  } catch (const std::system_error& error) {
    if (error.code().value() != ENOSPC && error.code().value() != EDQUOT) throw;
    return no_room();
  }
}

}  // namespace keepsake

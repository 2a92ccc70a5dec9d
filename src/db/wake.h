#pragma once
// A wait that another thread can end (eventfd(2)).
#include <chrono>

#include "base/file.h"

namespace keepsake::db {

class Wake {
 public:
  Wake();

  // Ends a wait, also one that comes after. From any thread.
  void wake() noexcept;
  // Waits for wake(), for something to read at `also` if it is a descriptor, or until `most` has passed.
  void wait(std::chrono::milliseconds most, int also = -1) noexcept;

 private:
  Descriptor event_;
};

}  // namespace keepsake::db

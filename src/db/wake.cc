#include "db/wake.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <array>

namespace keepsake::db {

Wake::Wake() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_) throw_errno("eventfd");
}

void Wake::wake() noexcept {
  ::eventfd_write(event_.get(), 1);
}

void Wake::wait(std::chrono::milliseconds most, int also) noexcept {
  std::array<pollfd, 2> waiting = {pollfd{event_.get(), POLLIN, 0}, pollfd{also, POLLIN, 0}};
  ::poll(waiting.data(), waiting.size(), static_cast<int>(most.count()));
  eventfd_t taken = 0;
  ::eventfd_read(event_.get(), &taken);
}

}  // namespace keepsake::db

#include "base/log_queue.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
#include <utility>

namespace keepsake {
namespace {

// After what was written, so that under load many lines are one write: a thread woken for each of them costs
// as much as answering a request does.
constexpr std::chrono::milliseconds pause{5};

// False where nothing can be written any more, as when nobody reads the pipe.
bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd ready{.fd = file, .events = POLLOUT, .revents = 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

LogQueue& LogQueue::start(int file) {
  auto* queue = new LogQueue(file);
  std::thread([queue] { queue->run(); }).detach();
  return *queue;
}

void LogQueue::push(std::string_view line) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + line.size() > most_bytes) {
      ++dropped_;
      return;
    }
    waiting_ += line;
  }
  filled_.notify_one();
}

bool LogQueue::flush(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return written_.wait_for(lock, patience, [this] { return waiting_.empty() && !writing_; });
}

std::uint64_t LogQueue::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void LogQueue::run() {
  std::string taken;
  std::unique_lock lock(mutex_);
  while (true) {
    filled_.wait(lock, [this] { return !waiting_.empty(); });
    taken.clear();
    std::swap(taken, waiting_);
    writing_ = true;
    lock.unlock();
    const bool whole = write_all(file_, taken);
    lock.lock();
    if (!whole) ++dropped_;
    writing_ = false;
    written_.notify_all();
    lock.unlock();
    std::this_thread::sleep_for(pause);
    lock.lock();
  }
}

}  // namespace keepsake

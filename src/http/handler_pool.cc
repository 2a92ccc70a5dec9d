#include "http/handler_pool.h"

#include <system_error>
#include <utility>

#include "http/thread_signals.h"

namespace keepsake::http {
namespace {

#ifdef KEEPSAKE_SANITIZED
constexpr std::size_t stack_bytes = 2 * 1024 * 1024;  // sanitizers make every frame several times larger
#else
constexpr std::size_t stack_bytes = 256 * 1024;
#endif

}  // namespace

HandlerPool::HandlerPool(std::size_t threads, std::size_t waiting)
    : most_threads_(threads), most_waiting_(waiting) {}

HandlerPool::~HandlerPool() {
  join();
}

void HandlerPool::join() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  for (const pthread_t thread : std::exchange(threads_, {})) pthread_join(thread, nullptr);
}

bool HandlerPool::try_submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    const bool free = idle_ > queue_.size() || threads_.size() < most_threads_;
    if (!free && queue_.size() >= most_waiting_) return false;
    push(std::move(job));
  }
  work_.notify_one();
  return true;
}

void HandlerPool::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    push(std::move(job));
  }
  work_.notify_one();
}

std::size_t HandlerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::size_t HandlerPool::busy() const {
  const std::lock_guard lock(mutex_);
  return threads_.size() - idle_;
}

void HandlerPool::push(Job job) {
  queue_.push_back(std::move(job));
  if (idle_ < queue_.size() && threads_.size() < most_threads_) start_thread();
}

void HandlerPool::start_thread() {
  const SignalsBlocked blocked;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_t thread;
  const int error = pthread_create(&thread, &attributes, run_thread, this);
  pthread_attr_destroy(&attributes);
  if (error == 0) {
    threads_.push_back(thread);
  } else if (threads_.empty()) {
    throw std::system_error(error, std::generic_category(), "a thread for handlers");
  }
}

void* HandlerPool::run_thread(void* self) {
  static_cast<HandlerPool*>(self)->run();
  return nullptr;
}

void HandlerPool::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
  }
}

}  // namespace keepsake::http

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
  while (const auto thread = take_thread()) pthread_join(*thread, nullptr);
}

// One after another, since a thread that is not over may still start the next.
std::optional<pthread_t> HandlerPool::take_thread() {
  const std::lock_guard lock(mutex_);
  if (joined_ == threads_.size()) return std::nullopt;
  return threads_[joined_++];
}

bool HandlerPool::try_submit(Job job) {
  std::unique_lock lock(mutex_);
  const bool free = idle_ > queue_.size() || threads_.size() < most_threads_;
  if (!free && queue_.size() >= most_waiting_) return false;
  queue_.push_back(std::move(job));
  const bool calls = choose_to_call();
  lock.unlock();
  if (calls) work_.notify_one();
  return true;
}

// Under the lock to the end: once the job has run, the pool may be gone.
void HandlerPool::submit(Job job) {
  const std::lock_guard lock(mutex_);
  queue_.push_back(std::move(job));
  if (choose_to_call()) work_.notify_one();
}

std::size_t HandlerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::size_t HandlerPool::busy() const {
  const std::lock_guard lock(mutex_);
  return threads_.size() - idle_;
}

// Whether one that is idle is to be called now; where none is, starts one if it may.
bool HandlerPool::choose_to_call() {
  if (called_) return false;
  if (idle_ > 0) return called_ = true;
  if (threads_.size() < most_threads_) start_thread();
  return false;
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
    called_ = true;
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
  called_ = false;
  while (true) {
    while (queue_.empty() && !stopping_) wait_for_a_call(lock);
    if (queue_.empty()) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    const bool calls = !queue_.empty() && choose_to_call();
    lock.unlock();
    if (calls) work_.notify_one();
    job();
    job = nullptr;
    lock.lock();
  }
}

void HandlerPool::wait_for_a_call(std::unique_lock<std::mutex>& lock) {
  ++idle_;
  work_.wait(lock);
  --idle_;
  called_ = false;
}

}  // namespace keepsake::http

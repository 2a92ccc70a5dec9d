#pragma once
#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace keepsake::http {

// Threads with small stacks that run what may block. They are started as they are needed and stay. One at a
// time is called to the queue, and whoever takes a job calls the next if there is more: a crowd of short jobs
// wakes few threads, and one that blocks keeps nobody waiting.
class HandlerPool {
 public:
  using Job = std::function<void()>;  // must not throw

  // At most `threads` at work and `waiting` jobs in the queue.
  HandlerPool(std::size_t threads, std::size_t waiting);
  ~HandlerPool();
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;

  // False if the queue is full. The pool outlives the call.
  bool try_submit(Job job);
  // Whatever the queue holds: for the further steps of a request that was let in. The pool may end as soon as
  // the job has run.
  void submit(Job job);

  // Runs what is still queued and ends the threads; nothing may be submitted after it.
  void join();

  std::size_t waiting() const;
  std::size_t busy() const;

 private:
  static void* run_thread(void* self);
  void run();
  void wait_for_a_call(std::unique_lock<std::mutex>& lock);
  bool choose_to_call();
  void start_thread();
  std::optional<pthread_t> take_thread();

  const std::size_t most_threads_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Job> queue_;
  std::vector<pthread_t> threads_;
  std::size_t joined_ = 0;  // of the threads
  std::size_t idle_ = 0;
  bool called_ = false;  // a thread is on its way to the queue
  bool stopping_ = false;
};

}  // namespace keepsake::http

#pragma once
#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace keepsake::http {

// Threads with small stacks that run what may block. They are started as they are needed and stay.
class HandlerPool {
 public:
  using Job = std::function<void()>;  // must not throw

  // At most `threads` at work and `waiting` jobs in the queue.
  HandlerPool(std::size_t threads, std::size_t waiting);
  ~HandlerPool();
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;

  // False if the queue is full.
  bool try_submit(Job job);
  // Whatever the queue holds: for the further steps of a request that was let in.
  void submit(Job job);

  // Runs what is still queued and ends the threads; nothing may be submitted after it.
  void join();

  std::size_t waiting() const;
  std::size_t busy() const;

 private:
  static void* run_thread(void* self);
  void run();
  void start_thread();
  void push(Job job);

  const std::size_t most_threads_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Job> queue_;
  std::vector<pthread_t> threads_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace keepsake::http

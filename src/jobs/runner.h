#pragma once
// Carries out the jobs that wait in the database, on threads of its own.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "db/database.h"
#include "jobs/job_store.h"

namespace keepsake::jobs {

// Does the work outside any transaction. A job may be run more than once (the program may die after the work
// and before it is noted), so the work must bear that. Returns when the job is done with, for good or because
// it is given up; throws to be run again later.
using Handler = std::function<void(const Job&)>;

struct RunnerOptions {
  std::size_t threads = 2;
  std::chrono::milliseconds poll{1000};  // how often it looks for work without being woken, first after one
  std::chrono::seconds lease{120};       // after this a job that is still running may be run by another too
};

// How long after the given attempt failed the next one comes: from 10 seconds, twice as long each time, at
// most 6 hours. Jobs are never dropped.
std::chrono::seconds pause_after(std::int64_t attempt);

class Runner {
 public:
  // `handlers` by kind. All references must outlive the runner.
  Runner(db::Database& database, const Clock& clock, std::map<std::string, Handler> handlers,
         const RunnerOptions& options = {});
  // As stop().
  ~Runner();

  // Runs `act` once each `interval` on one node of all, first at once if it never ran; after it threw, again
  // within 5 minutes. To be called before start().
  void every(std::chrono::microseconds interval, std::string name, std::function<void()> act);
  // Returns at once. The first look waits as long as any other: whoever waits for a page comes first.
  void start();
  // Looks for work now; for Tx::after_commit. Any thread.
  void wake();
  // Takes no more work and waits for what is running.
  void stop();

  // Runs what is due now on this thread, until nothing is; returns how many ran.
  int run_due();

 private:
  struct Periodic {
    std::chrono::microseconds interval;
    std::string name;
    std::function<void()> act;
  };

  void work();
  // False if nothing was due.
  bool run_next();
  bool run_job();
  bool run_periodic(const Periodic& periodic);
  void wait();
  bool stopping();

  JobStore jobs_;
  const Clock& clock_;
  const std::map<std::string, Handler> handlers_;
  const RunnerOptions options_;
  std::vector<Periodic> periodic_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace keepsake::jobs

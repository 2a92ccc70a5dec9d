#include "jobs/runner.h"

#include <algorithm>
#include <typeinfo>

#include "base/log.h"

namespace keepsake::jobs {
namespace {

constexpr std::chrono::seconds first_pause{10};
constexpr std::chrono::seconds longest_pause = std::chrono::hours(6);
constexpr std::chrono::microseconds periodic_pause = std::chrono::minutes(5);

// Errors of db/ carry no values; what other faults say may name what is private, so their type has to do.
void log_fault(std::string_view event, std::string_view kind, std::int64_t attempt) {
  try {
    throw;
  } catch (const db::Error& fault) {
    log_warning(event, {{"kind", kind}, {"attempt", attempt}, {"fault", fault.what()}});
  } catch (const std::exception& fault) {
    log_warning(event, {{"kind", kind}, {"attempt", attempt}, {"fault", typeid(fault).name()}});
  } catch (...) {
    log_warning(event, {{"kind", kind}, {"attempt", attempt}});
  }
}

}  // namespace

std::chrono::seconds pause_after(std::int64_t attempt) {
  const auto doublings = std::clamp<std::int64_t>(attempt - 1, 0, 20);
  return std::min(longest_pause, first_pause * (std::int64_t{1} << doublings));
}

Runner::Runner(db::Database& database, const Clock& clock, std::map<std::string, Handler> handlers,
               const RunnerOptions& options)
    : jobs_(database), clock_(clock), handlers_(std::move(handlers)), options_(options) {}

Runner::~Runner() {
  stop();
}

void Runner::every(std::chrono::microseconds interval, std::string name, std::function<void()> act) {
  periodic_.push_back({interval, std::move(name), std::move(act)});
}

void Runner::start() {
  for (std::size_t count = 0; count < options_.threads; ++count) threads_.emplace_back([this] { work(); });
}

void Runner::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void Runner::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

int Runner::run_due() {
  int ran = 0;
  while (run_next()) ++ran;
  return ran;
}

void Runner::work() {
  wait();
  while (!stopping()) try {
      if (!run_next()) wait();
    } catch (...) {
      log_fault("jobs wait for the database", "", 0);
      wait();
    }
}

bool Runner::run_next() {
  const auto runs = [this](const Periodic& periodic) { return run_periodic(periodic); };
  return std::ranges::any_of(periodic_, runs) || run_job();
}

bool Runner::run_job() {
  const auto now = clock_.now();
  const auto job = jobs_.take(now, now + options_.lease);
  if (!job) return false;
  try {
    handlers_.at(job->kind)(*job);
  } catch (...) {
    log_fault("job failed", job->kind, job->attempt);
    jobs_.postpone(job->id, clock_.now() + pause_after(job->attempt));
    return true;
  }
  jobs_.finish(job->id);
  return true;
}

bool Runner::run_periodic(const Periodic& periodic) {
  const auto now = clock_.now();
  if (!jobs_.take_periodic(periodic.name, periodic.interval, now, now + options_.lease)) return false;
  auto next = periodic.interval;
  try {
    periodic.act();
  } catch (...) {
    log_fault("periodic job failed", periodic.name, 0);
    next = std::min(next, periodic_pause);
  }
  jobs_.finish_periodic(periodic.name, clock_.now() + next);
  return true;
}

void Runner::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, options_.poll, [this] { return woken_ || stopping_; });
  woken_ = false;
}

bool Runner::stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

}  // namespace keepsake::jobs

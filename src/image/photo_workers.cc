#include "image/photo_workers.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>

#include "base/log.h"
#include "image/worker_process.h"

namespace keepsake::image {
namespace {

using Worker = std::unique_ptr<WorkerProcess>;

constexpr std::chrono::seconds start_patience{30};
constexpr std::chrono::milliseconds shortest_pause{100}, longest_pause{10'000};  // after failed starts
constexpr int failures_to_despair = 3;
constexpr int photos_of_one_worker = 200;  // whatever a decoder leaks ends with the worker
constexpr int tries = 2;

Refusal no_avif() {
  return {Refused::unsupported, "AVIF cannot be made here."};
}

Refusal refusal(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_a_photo:
      return {Refused::unsupported,
              "This file is not a photo that can be shown (JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF)."};
    case Outcome::too_many_pixels:
      return {Refused::too_large, "This photo has more pixels than can be shown here."};
    case Outcome::format_missing:
      return {Refused::unsupported, "Photos of this format cannot be shown here. A JPEG would work."};
    case Outcome::encoding_missing:
      return no_avif();
    case Outcome::made:
    case Outcome::damaged:
      break;
  }
  return {Refused::invalid, "This photo could not be read. The file may be damaged."};
}

Refusal no_worker() {
  return {Refused::unavailable, "Photos cannot be taken in at this moment. Please try again later."};
}

// Opened anew, so that a worker can neither write it nor move the caller's place in it.
Descriptor open_to_read(int descriptor) {
  const auto path = "/proc/self/fd/" + std::to_string(descriptor);
  Descriptor photo(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (photo.get() < 0 || ::fstat(photo.get(), &about) != 0)
    throw std::system_error(errno, std::generic_category(), "photo");
  if (!S_ISREG(about.st_mode)) throw std::system_error(EINVAL, std::generic_category(), "photo");
  return photo;
}

void log_missing_formats(std::uint32_t formats) {
  for (const auto format : all_formats)
    if (!(formats >> static_cast<int>(format) & 1u))
      log_warning("photo format cannot be decoded here", {{"type", media_type(format)}});
  if (!(formats & makes_avif)) log_warning("photos cannot be made into AVIF here");
}

std::string_view name(End end) {
  switch (end) {
    case End::answered:
      return "answered";
    case End::crashed:
      return "crashed";
    case End::taken_away:
      return "taken away";
    case End::out_of_patience:
      return "out of patience";
    case End::untrustworthy:
      return "untrustworthy";
  }
  return "";
}

// The workers and who has them. A thread of its own starts them, since a worker dies with the thread that
// started it.
class Pool final : public PhotoWorkers {
 public:
  explicit Pool(const WorkerSettings& settings)
      : settings_(settings), keeper_([this](const std::stop_token& stop) { keep(stop); }) {}

  Result<Taken> take(int descriptor, const Look& look) override {
    return take(descriptor, look, Wanted::usual);
  }
  Result<Taken> take_avif(int descriptor, const Look& look) override {
    return take(descriptor, look, Wanted::avif);
  }
  WorkerStats stats() const override { return {taken_, refused_, restarted_}; }

 private:
  void keep(const std::stop_token& stop);
  Worker start();
  void add(Worker worker);
  void pause_after_failure(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);

  Worker borrow();
  void give_back(Worker worker);
  void replace(Worker worker);
  Result<Taken> take(int descriptor, const Look& look, Wanted wanted);
  Result<Taken> conclude(Reply reply);

  const WorkerSettings settings_;
  std::atomic<std::uint64_t> taken_{0}, refused_{0}, restarted_{0};
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Worker> idle_;
  int living_ = 0;    // idle or lent
  int failures_ = 0;  // starts in a row
  bool formats_told_ = false;
  std::jthread keeper_;  // last, so that it ends first
};

void Pool::keep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, stop, [&] { return living_ < settings_.workers; });
    if (stop.stop_requested()) return;
    lock.unlock();
    auto worker = start();
    lock.lock();
    if (worker) {
      add(std::move(worker));
    } else {
      pause_after_failure(lock, stop);
    }
  }
}

Worker Pool::start() try {
  auto worker = std::make_unique<WorkerProcess>(settings_.program);
  const auto formats = worker->greeting(start_patience);
  if (!formats) return nullptr;
  if (!std::exchange(formats_told_, true)) log_missing_formats(*formats);
  return worker;
} catch (const std::system_error&) {
  return nullptr;
}

void Pool::add(Worker worker) {
  idle_.push_back(std::move(worker));
  ++living_;
  failures_ = 0;
  changed_.notify_all();
}

void Pool::pause_after_failure(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
  const auto pause = std::min(longest_pause, shortest_pause * (1 << std::min(failures_, 10)));
  ++failures_;
  log_error("photo worker did not start", {{"in_a_row", failures_}});
  changed_.notify_all();
  changed_.wait_for(lock, stop, pause, [] { return false; });
}

// Nothing only when no worker can be had at all.
Worker Pool::borrow() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return !idle_.empty() || (living_ == 0 && failures_ >= failures_to_despair); });
    if (idle_.empty()) return nullptr;
    auto worker = std::move(idle_.back());
    idle_.pop_back();
    if (worker->alive()) return worker;
    lock.unlock();
    replace(std::move(worker));
    lock.lock();
  }
}

void Pool::give_back(Worker worker) {
  const std::lock_guard lock(mutex_);
  if (worker->photos() < photos_of_one_worker) {
    idle_.push_back(std::move(worker));
  } else {
    worker.reset();
    --living_;
  }
  changed_.notify_all();
}

void Pool::replace(Worker worker) {
  worker.reset();
  ++restarted_;
  const std::lock_guard lock(mutex_);
  --living_;
  changed_.notify_all();
}

Result<Taken> Pool::conclude(Reply reply) {
  if (reply.taken) {
    ++taken_;
    return std::move(*reply.taken);
  }
  ++refused_;
  // Twice the worker was ended by somebody else: that says nothing about the photo.
  return reply.end == End::taken_away ? no_worker() : refusal(reply.outcome);
}

Result<Taken> Pool::take(int descriptor, const Look& look, Wanted wanted) {
  const auto photo = open_to_read(descriptor);
  if (!fits(look)) return Refusal{Refused::invalid, "A photo cannot be shown that way."};
  const Request request{.wanted = wanted, .most_pixels = settings_.most_pixels, .look = packed(look)};
  Reply reply{End::taken_away};
  for (int attempt = 0; attempt < tries && reply.end == End::taken_away; ++attempt) {
    auto worker = borrow();
    if (!worker) return no_worker();
    reply = worker->ask(photo.get(), request, settings_.patience);
    if (reply.end == End::answered) {
      give_back(std::move(worker));
    } else {
      log_warning("photo worker replaced", {{"why", name(reply.end)}});
      replace(std::move(worker));
    }
  }
  return conclude(std::move(reply));
}

}  // namespace

Result<Taken> PhotoWorkers::take_avif(int, const Look&) {
  return no_avif();
}

std::unique_ptr<PhotoWorkers> start_photo_workers(const WorkerSettings& settings) {
  return std::make_unique<Pool>(settings);
}

}  // namespace keepsake::image

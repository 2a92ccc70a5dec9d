#include "app/verifier.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <typeinfo>

#include "base/log.h"

namespace keepsake::app {
namespace {

using std::chrono::steady_clock;

struct Stopped {};

// Shorter waits are saved up.
constexpr std::chrono::milliseconds shortest_wait{20};
// How much later than its pace it may be before it lets the rest go: it does not hurry to make good.
constexpr std::chrono::milliseconds most_behind{500};

}  // namespace

Verifier::Verifier(Mirror& mirror, Verification& verification, const VerifierOptions& options)
    : mirror_(mirror), verification_(verification), options_(options), thread_([this] { run(); }) {}

Verifier::~Verifier() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Verifier::run() {
  const auto begun = steady_clock::now();
  auto pause = options_.first;
  while (wait(pause)) {
    look(options_.rate > 0 && steady_clock::now() - begun >= options_.verify_after);
    pause = options_.poll;
  }
}

void Verifier::look(bool verify) try {
  look_for_mirror();
  if (verify) verification_.go_on(pace(options_.rate));
} catch (const Stopped&) {
} catch (const std::exception& fault) {
  log_warning("verification interrupted", {{"fault", typeid(fault).name()}});
}

void Verifier::look_for_mirror() {
  if (!mirror_.wanted()) return;
  mirror_.open();
  const MirrorState is = mirror_.state();
  if (is == mirror_was_) return;
  if (is != MirrorState::ready) {
    log_warning("mirror not usable", {{"state", name_of(is)}});
  } else {
    const std::int64_t copied = verification_.fill_mirror(pace(options_.mirror_rate));
    log_info("mirror filled", {{"copied", copied}});
  }
  mirror_was_ = is;  // only now: what was interrupted is begun anew
}

blobs::Pace Verifier::pace(std::int64_t rate) {
  const auto shared = std::make_shared<steady_clock::time_point>(steady_clock::now());
  return [this, rate, shared](std::int64_t bytes) {
    auto& until = *shared;
    const auto now = steady_clock::now();
    until = std::max(until, now - most_behind);
    until += std::chrono::duration_cast<steady_clock::duration>(
        std::chrono::duration<double>(static_cast<double>(bytes) / static_cast<double>(rate)));
    const auto early = until - now;
    if (!wait(early >= shortest_wait ? early : std::chrono::nanoseconds(0))) throw Stopped();
  };
}

bool Verifier::wait(std::chrono::nanoseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace keepsake::app

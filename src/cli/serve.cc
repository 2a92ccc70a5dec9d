#include <pthread.h>

#include <csignal>
#include <future>
#include <memory>
#include <ostream>
#include <semaphore>
#include <thread>

#include "app/control.h"
#include "app/looks.h"
#include "app/serving.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {
namespace {

// The signals that end the server, held back from every thread and taken by one of its own. To be made before
// any other thread is.
class StopSignals {
 public:
  static constexpr int none = SIGUSR1;  // sent by ourselves: there is nothing to wait for any more

  StopSignals() {
    ::sigemptyset(&ending_);
    ::sigaddset(&ending_, SIGINT);
    ::sigaddset(&ending_, SIGTERM);
    held_ = ending_;
    ::sigaddset(&held_, none);
    ::pthread_sigmask(SIG_BLOCK, &held_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Waits for one of them.
  int wait() const {
    int taken = 0;
    ::sigwait(&held_, &taken);
    return taken;
  }
  // From now on this thread lets them end the process.
  void let_through() const { ::pthread_sigmask(SIG_UNBLOCK, &ending_, nullptr); }

 private:
  sigset_t ending_, held_;
};

// Stops the server at the first signal. Whoever does not want to wait for what runs sends another.
class Stopper {
 public:
  Stopper(const StopSignals& signals, app::Serving& serving)
      : thread_([this, &signals, &serving] {
          if (signals.wait() == StopSignals::none) return;
          serving.stop();
          signals.let_through();
          done_.acquire();
        }) {}
  // To be destroyed once the server has stopped, by itself or told.
  ~Stopper() {
    done_.release();
    ::pthread_kill(thread_.native_handle(), StopSignals::none);
    thread_.join();
  }
  Stopper(const Stopper&) = delete;
  Stopper& operator=(const Stopper&) = delete;

 private:
  std::binary_semaphore done_{0};
  std::thread thread_;
};

void greet(app::Serving& serving, std::ostream& out) {
  out << "Keepsake listens at " << serving.address() << '\n';
  if (const auto address = serving.tls_address()) out << "and by https at " << *address << '\n';
  if (const auto link = serving.setup_link())
    out << "There is no host yet. Open this link once to become it:\n" << *link << '\n';
  out << std::flush;
}

}  // namespace

int serve(const LoadedSettings& loaded, Console& console) try {
  const StopSignals signals;
  const BackgroundLog background;
  SystemClock clock;
  auto making_looks = std::async(
      std::launch::async, [&] { return std::make_unique<const app::Looks>(loaded.settings.language); });
  app::Storage storage(loaded.settings);
  app::Services services(storage, loaded.settings, clock);
  const auto looks = making_looks.get();
  app::Serving serving(storage, services, *looks, loaded.settings, clock);
  greet(serving, console.out);
  const Stopper stopper(signals, serving);
  serving.run();
  return 0;
} catch (const AlreadyServed&) {
  throw Failure("Another Keepsake serves this directory already.");
}

}  // namespace keepsake::cli

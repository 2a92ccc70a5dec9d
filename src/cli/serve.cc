#include <pthread.h>

#include <csignal>
#include <ostream>
#include <thread>

#include "app/control.h"
#include "app/serving.h"
#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {
namespace {

// The signals that end the server, held back from every thread and taken by one of its own. To be made before
// any other thread is.
class StopSignals {
 public:
  StopSignals() {
    ::sigemptyset(&signals_);
    ::sigaddset(&signals_, SIGINT);
    ::sigaddset(&signals_, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Waits for one of them.
  void wait() const {
    int taken = 0;
    ::sigwait(&signals_, &taken);
  }

 private:
  sigset_t signals_;
};

// Stops the server at the first signal; at the second the process ends as the signal says.
class Stopper {
 public:
  Stopper(const StopSignals& signals, app::Serving& serving)
      : thread_([this, &signals, &serving] {
          signals.wait();
          if (!done_) serving.stop();
        }) {}
  // The server has stopped, by itself or told.
  ~Stopper() {
    done_ = true;
    ::pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  Stopper(const Stopper&) = delete;
  Stopper& operator=(const Stopper&) = delete;

 private:
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

void greet(app::Serving& serving, std::ostream& out) {
  out << "Keepsake listens at " << serving.address() << '\n';
  if (const auto link = serving.setup_link())
    out << "There is no host yet. Open this link once to become it:\n" << *link << '\n';
  out << std::flush;
}

}  // namespace

int serve(const LoadedSettings& loaded, Console& console) try {
  const StopSignals signals;
  SystemClock clock;
  app::Storage storage(loaded.settings);
  app::Services services(storage, loaded.settings, clock);
  app::Serving serving(storage, services, loaded.settings, clock);
  greet(serving, console.out);
  const Stopper stopper(signals, serving);
  serving.run();
  return 0;
} catch (const AlreadyServed&) {
  throw Failure("Another Keepsake serves this directory already.");
}

}  // namespace keepsake::cli

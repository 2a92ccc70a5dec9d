#include "app/figure_keeper.h"

#include <exception>

#include "base/log.h"

namespace keepsake::app {

FigureKeeper::FigureKeeper(const web::Tally& tally, DailyFigures& figures, std::chrono::milliseconds interval)
    : tally_(tally), figures_(figures), thread_([this, interval] { run(interval); }) {}

FigureKeeper::~FigureKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void FigureKeeper::run(std::chrono::milliseconds interval) {
  for (bool last = false; !last;) {
    {
      std::unique_lock lock(mutex_);
      last = changed_.wait_for(lock, interval, [this] { return stopping_; });
    }
    write();
  }
}

// What could not be written is written with the next.
void FigureKeeper::write() noexcept try {
  const std::int64_t requests = tally_.requests(), failures = tally_.failures();
  figures_.add(requests - requests_, failures - failures_);
  requests_ = requests;
  failures_ = failures;
} catch (const std::exception&) {
  log_warning("figures of the day not written");
}

}  // namespace keepsake::app

#include "app/epoch_watch.h"

#include <exception>

#include "base/log.h"

namespace keepsake::app {

EpochWatch::EpochWatch(db::Database& database, Epoch& epoch, std::chrono::milliseconds interval)
    : epoch_(epoch), line_(database.line()) {
  epoch_.on_raise([this] { tell_others(); });
  thread_ = std::thread([this, interval] { run(interval); });
}

EpochWatch::~EpochWatch() {
  epoch_.on_raise(nullptr);
  stopping_ = true;
  line_->wake();
  thread_.join();
}

void EpochWatch::tell_others() {
  to_tell_ = true;
  line_->wake();
}

// What goes wrong is said once, not four times a second.
void EpochWatch::run(std::chrono::milliseconds interval) {
  for (bool answers = true; !stopping_; line_->wait(interval)) try {
      look();
      if (!answers) log_info("epoch read again");
      answers = true;
    } catch (const std::exception& fault) {
      if (answers) log_warning("epoch not read", {{"why", fault.what()}});
      answers = false;
    }
}

void EpochWatch::look() {
  const bool to_tell = to_tell_.exchange(false);
  epoch_.refresh(*line_);
  if (to_tell) line_->ring();
}

}  // namespace keepsake::app

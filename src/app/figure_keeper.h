#pragma once
// Writes down what this server counted, every few minutes and at its end.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "upkeep/daily_figures.h"
#include "web/tally.h"

namespace keepsake::app {

class FigureKeeper {
 public:
  // Both outlive this. Begins at once.
  FigureKeeper(const web::Tally& tally, DailyFigures& figures,
               std::chrono::milliseconds interval = std::chrono::minutes(5));
  // Writes once more.
  ~FigureKeeper();

 private:
  void run(std::chrono::milliseconds interval);
  void write() noexcept;

  const web::Tally& tally_;
  DailyFigures& figures_;
  std::int64_t requests_ = 0;  // written already
  std::int64_t failures_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace keepsake::app

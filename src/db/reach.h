#pragma once
// Spares callers the wait for a server that has just not answered: one at a time tries to connect, and until
// that succeeds the others are told at once. Thread-safe.
#include <chrono>
#include <mutex>

namespace keepsake::db {

class Reach {
 public:
  static constexpr std::chrono::seconds rest{1};      // between two tries
  static constexpr std::chrono::seconds one_try{10};  // after this somebody else may try as well

  // Throws Unreachable where it is somebody else's turn, or nobody's yet.
  void before_connecting();
  void found();
  void lost();

 private:
  using Steady = std::chrono::steady_clock;

  std::mutex mutex_;
  bool lost_ = false;
  Steady::time_point next_try_;
};

}  // namespace keepsake::db

#pragma once
#include <atomic>

namespace keepsake {

// How many photos are being taken in or drawn anew while somebody waits: what can be done later lets them
// pass. Thread-safe.
class UnderWay {
 public:
  class Hold {
   public:
    explicit Hold(UnderWay& under_way) : under_way_(under_way) { ++under_way_.count_; }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold() { --under_way_.count_; }

   private:
    UnderWay& under_way_;
  };

  bool any() const { return count_ > 0; }

 private:
  std::atomic<int> count_ = 0;
};

}  // namespace keepsake

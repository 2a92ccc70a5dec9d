#pragma once
// What many ask for at the same moment is made once: the first makes it, the others wait and take what was
// kept. So the moment after a change, when no page is kept any more, a crowd costs one page.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

namespace keepsake::web {

class SingleFlight {
 public:
  // Whoever waited longer goes on by itself.
  explicit SingleFlight(std::chrono::milliseconds most_wait = std::chrono::seconds(2))
      : most_wait_(most_wait) {}

  // Held while the thing is made.
  class Turn {
   public:
    ~Turn() {
      if (makes_) flight_.land(key_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    // Another has made it meanwhile, or tried to. True for all who waited: none of them waits again, so where
    // there is nothing to keep they go on side by side.
    bool waited() const { return !makes_; }

   private:
    friend class SingleFlight;
    Turn(SingleFlight& flight, std::string_view key);

    SingleFlight& flight_;
    const std::string key_;
    bool makes_;
  };
  // Returns at once to the first who asks for `key`, to the others once it is done.
  Turn enter(std::string_view key) { return Turn(*this, key); }

 private:
  bool begin_or_wait(const std::string& key);
  void land(const std::string& key);

  const std::chrono::milliseconds most_wait_;
  std::mutex mutex_;
  std::condition_variable landed_;
  std::unordered_set<std::string> under_way_;
};

}  // namespace keepsake::web

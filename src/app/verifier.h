#pragma once
// The server's own care for what it keeps: fills the mirror whenever that has come back, and verifies
// everything once a week, slowly, on a thread of its own.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "upkeep/mirror.h"
#include "upkeep/verification.h"

namespace keepsake::app {

struct VerifierOptions {
  std::int64_t rate = std::int64_t{8} << 20;                          // bytes a second of verifying; 0: none
  std::int64_t mirror_rate = std::int64_t{32} << 20;                  // and of filling the mirror
  std::chrono::milliseconds first = std::chrono::seconds(2);          // until it looks for the mirror
  std::chrono::milliseconds verify_after = std::chrono::minutes(10);  // from then, until it verifies
  std::chrono::milliseconds poll = std::chrono::minutes(1);
};

class Verifier {
 public:
  // Both outlive this. Begins at once.
  Verifier(Mirror& mirror, Verification& verification, const VerifierOptions& options);
  // Ends what runs, which goes on at the next start.
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

 private:
  void run();
  void look(bool verify);
  void look_for_mirror();
  blobs::Pace pace(std::int64_t rate);
  // False once this is to end.
  bool wait(std::chrono::nanoseconds time);

  Mirror& mirror_;
  Verification& verification_;
  const VerifierOptions options_;
  MirrorState mirror_was_ = MirrorState::none;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace keepsake::app

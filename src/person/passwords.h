#pragma once
// Passwords as argon2id hashes (RFC 9106), made and checked a few at a time: each takes 19 MiB and some 27
// ms, so that a crowd at the door costs waiting and not memory.
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keepsake {

// libsodium's text form "$argon2id$v=19$...", parameters and salt within.
struct PasswordHash {
  std::string text;
};

class Passwords {
 public:
  struct Cost {
    unsigned long long passes = 2;
    std::size_t memory = std::size_t{19} * 1024 * 1024;  // bytes
  };
  struct Bounds {
    int at_once = 2;
    int waiting = 32;  // callers that may wait for their turn; more are refused as unavailable
  };

  // Throws std::runtime_error if libsodium cannot start.
  explicit Passwords(Cost cost, Bounds bounds);
  explicit Passwords(Cost cost) : Passwords(cost, Bounds{}) {}
  Passwords() : Passwords(Cost{}, Bounds{}) {}

  // What is wrong with a new password (10 to 1000 bytes of clean text, not the name, not one of the most
  // common), if anything is. Costs nothing.
  static std::optional<Refusal> fault(std::string_view password, std::string_view name);

  // Refused as fault() says, or as unavailable while too many wait.
  Result<PasswordHash> hash(std::string_view password, std::string_view name);
  // Whether the password fits. Without a hash (nobody has that name) the same work is done and the answer is
  // no. Refused only as unavailable.
  Result<bool> verify(const std::optional<PasswordHash>& hash, std::string_view password);
  // Whether the hash was made at another cost than is asked for now.
  bool outdated(const PasswordHash& hash) const;

  // How many times verify() did its full work, for tests and metrics.
  std::uint64_t verifications() const { return verifications_; }
  // What verify() checks against where there is no hash.
  PasswordHash hash_of_nobody() const { return {nobodys_hash_}; }

 private:
  class Turn;
  bool enter();
  void leave();
  std::string make(std::string_view password) const;

  Cost cost_;
  Bounds bounds_;
  std::string nobodys_hash_;  // fits no password
  std::atomic<std::uint64_t> verifications_ = 0;
  std::mutex mutex_;
  std::condition_variable freed_;
  int busy_ = 0;
  int waiting_ = 0;
};

}  // namespace keepsake

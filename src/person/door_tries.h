#pragma once
// How often one may try at a door: by who is tried and where the tries come from, so that guessing is slow;
// but on a device where the person signed in before by that device alone, so that whoever guesses elsewhere
// cannot keep its owner out.
#include <optional>
#include <string>
#include <string_view>

#include "person/rate_limit.h"
#include "person/sessions.h"

namespace keepsake {

// Where one try comes from.
struct Trying {
  std::string subject;  // a name, or whose code it is
  std::string address;
  std::optional<DeviceId> device;  // known as a device of the person's
};

class DoorTries {
 public:
  explicit DoorTries(const Clock& clock) : elsewhere_(clock), here_(clock, {}) {}

  // Counts one try; refused (too_many) when there were too many.
  std::optional<Refusal> refusal(const Trying& trying) {
    if (!trying.device) return elsewhere_.refusal(trying.subject, trying.address);
    if (const auto wait = here_.wait_for(key(trying))) return too_many_tries(*wait);
    return std::nullopt;
  }
  // It succeeded and shall not count.
  void forgive(const Trying& trying) {
    if (trying.device) return here_.give_back(key(trying));
    elsewhere_.forgive(trying.subject, trying.address);
  }
  // It shall not count for whom it was for, but for where it came from.
  void forgive_subject(const Trying& trying) {
    if (!trying.device) elsewhere_.forgive_subject(trying.subject);
  }

 private:
  static std::string key(const Trying& trying) { return std::to_string(trying.device->value); }

  Attempts elsewhere_;
  RateLimit here_;
};

}  // namespace keepsake

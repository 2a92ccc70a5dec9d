#pragma once
// What an authenticator signs so that the answer is fresh: made here, for one act and one person or anybody,
// and sealed, so that the house need not keep it. It is met once and in time.
#include <chrono>
#include <optional>

#include "base/clock.h"
#include "base/id.h"
#include "blobs/instance_key.h"
#include "db/database.h"

namespace keepsake {

class Challenges {
 public:
  static constexpr std::chrono::minutes lifetime{5};
  enum class For : std::int64_t { adding = 0, signing_in = 1, second_step = 2 };

  Challenges(const blobs::InstanceKey& key, const Clock& clock)
      : key_(key.derive("passkey challenge")), clock_(clock) {}

  // Without a person: for whoever answers.
  Bytes make(For act, std::optional<PersonId> person) const;
  // Whether it is one of those, made for that, not ended and not met before; from now on it is met.
  bool meet(db::Tx& tx, ByteView challenge, For act, std::optional<PersonId> person) const;

 private:
  Digest key_;
  const Clock& clock_;
};

}  // namespace keepsake

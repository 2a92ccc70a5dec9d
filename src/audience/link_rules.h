#pragma once
// What guest links and drop links have in common: the passphrase that is told by voice, and when a link ends.
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "person/passwords.h"
#include "person/rate_limit.h"

namespace keepsake::link_rules {

// The same for a secret that never was and for a link that was revoked or has expired.
Refusal ended();

// None, or after now and at most ten years away; else invalid (field "expires").
std::optional<Refusal> fault_of_expiry(const std::optional<Time>& expires, Time now);

// Of a new passphrase, 10 to 1,000 bytes as it is told; none for none or an empty one. Refused: invalid
// (field "passphrase"); unavailable.
Result<std::optional<PasswordHash>> hash_of(Passwords& passwords, const std::optional<std::string>& typed);

// Why what was typed does not open the link: invalid (field "passphrase"), too_many tries at `subject` or
// from `address`, unavailable.
std::optional<Refusal> fault_of_passphrase(Passwords& passwords, Attempts& attempts, const PasswordHash& hash,
                                           std::string_view typed, const std::string& subject,
                                           std::string_view address);

}  // namespace keepsake::link_rules

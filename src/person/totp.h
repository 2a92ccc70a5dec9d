#pragma once
// Codes that an app on a phone shows: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 seconds, which
// is what every such app takes.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"

namespace keepsake::totp {

inline constexpr std::size_t secret_bytes = 20;  // RFC 4226 4, R6
inline constexpr std::size_t digits = 6;
inline constexpr std::chrono::seconds step_length{30};

// How apps take a secret: RFC 4648 base32 in upper case.
std::string secret_text(ByteView secret);
// Which step's code `code` is: that of `now`, the one before or the one after (RFC 6238 5.2: a clock may be
// half a minute off), and none up to `after`. Nothing if it is none of theirs. Throws std::runtime_error if
// the library cannot make codes.
std::optional<std::int64_t> step_of(ByteView secret, std::string_view code, Time now, std::int64_t after);
// The code of a step.
std::string code_of(ByteView secret, std::int64_t step);
std::int64_t step_at(Time now);

}  // namespace keepsake::totp

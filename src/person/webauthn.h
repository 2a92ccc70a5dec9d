#pragma once
// What browsers send of passkeys (Web Authentication, Level 2), read and checked: every byte of it comes from
// outside. Signatures are checked by libfido2.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace keepsake::webauthn {

inline constexpr std::size_t most_client_data = 4096;
inline constexpr std::size_t most_attestation = 8192;
inline constexpr std::size_t most_authenticator_data = 2048;
inline constexpr std::size_t most_signature = 1024;
inline constexpr std::size_t most_credential = 1023;  // 5.8.3

// Whom passkeys are for. `id` (the RP ID) is the host of the origin, or empty where it can have none: an
// address of digits.
struct House {
  std::string origin;
  std::string id;
};
House house_at(std::string_view origin);

enum class Ceremony { create, get };
// The challenge in this client data (5.8.1), if it is of that ceremony, at this house and in no frame of
// another's.
std::optional<Bytes> challenge_in(ByteView client_data, Ceremony ceremony, const House& house);

// One of ES256 (-7), EdDSA (-8), RS256 (-257), as libfido2 keeps it.
struct PublicKey {
  std::int64_t algorithm;
  Bytes bytes;
};
inline constexpr std::int64_t algorithms[] = {-7, -8, -257};

struct NewCredential {
  Bytes id;
  PublicKey key;
  std::uint32_t counter;
};
// What an attestation object (6.5) made for this house holds, its user present and verified. The statement of
// who made the authenticator is not asked for and not looked at; formats "none" and "packed".
std::optional<NewCredential> read_attestation(ByteView attestation, const House& house);

// An assertion (6.3.3).
struct Assertion {
  ByteView client_data, authenticator_data, signature;
};
// The authenticator's counter, if the signature fits the key, this house, and a user who was present and
// verified (7.2). Challenge and counter are the caller's to check.
std::optional<std::uint32_t> verify(const Assertion& assertion, const PublicKey& key, const House& house);

}  // namespace keepsake::webauthn

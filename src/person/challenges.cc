#include "person/challenges.h"

#include <cstring>

#include "base/random.h"
#include "blobs/seal.h"
#include "person/passkey_store.h"

namespace keepsake {
namespace {

constexpr std::string_view purpose = "passkey challenge";

struct Inside {
  std::int64_t act;
  std::int64_t person;  // 0: anybody
  std::int64_t expires;
};
static_assert(sizeof(Inside) == 24);

}  // namespace

// The seal's nonce of 96 random bits makes each another.
Bytes Challenges::make(For act, std::optional<PersonId> person) const {
  const Inside inside{static_cast<std::int64_t>(act), person.value_or(PersonId{}).value,
                      to_micros(clock_.now() + lifetime)};
  return blobs::seal(key_, purpose, std::as_bytes(std::span(&inside, 1)));
}

bool Challenges::meet(db::Tx& tx, ByteView challenge, For act, std::optional<PersonId> person) const {
  const auto bytes = blobs::unseal(key_, purpose, challenge);
  if (!bytes || bytes->size() != sizeof(Inside)) return false;
  Inside inside;
  std::memcpy(&inside, bytes->data(), sizeof inside);
  const bool fits = inside.act == static_cast<std::int64_t>(act) &&
                    inside.person == person.value_or(PersonId{}).value &&
                    from_micros(inside.expires) > clock_.now();
  return fits && passkey_store::meet(tx, sha256(challenge), from_micros(inside.expires));
}

}  // namespace keepsake

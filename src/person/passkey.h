#pragma once
// Values of passkeys, as they lie in the database and as their person sees them.
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/id.h"
#include "person/webauthn.h"

namespace keepsake {

using PasskeyId = RowId<struct PasskeyTag>;

struct Passkey {
  PasskeyId id;
  PersonId person;
  webauthn::PublicKey key;
  std::int64_t counter;
  Bytes handle;  // what its authenticator knows the person by
};

struct ListedPasskey {
  PublicId id;
  std::string label;
  Time created;
  std::optional<Time> last_used;
};

// What a browser is told before it turns to an authenticator.
struct PasskeyRequest {
  Bytes challenge;                      // good for Passkeys::lifetime, once
  std::vector<Bytes> credentials = {};  // those that will do, or that there are already
  Bytes handle = {};                    // of the person a new one is for
};

// What a browser sends back, each as it was in the authenticator's answer.
struct ShownPasskey {
  Bytes credential, client_data, authenticator_data, signature;
  std::optional<Bytes> handle;  // absent where the authenticator gave none
};

}  // namespace keepsake

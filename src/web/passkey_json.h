#pragma once
// Passkeys between browsers and the domain: what an authenticator is asked, as Web Authentication Level 3
// writes it in JSON (5.1.8), and what it answered.
#include <boost/json/object.hpp>
#include <optional>

#include "person/passkeys.h"
#include "web/guard.h"
#include "web/input.h"

namespace keepsake::web {

// PublicKeyCredentialRequestOptionsJSON.
boost::json::object request_options(const PasskeyRequest& request, const webauthn::House& house);
// PublicKeyCredentialCreationOptionsJSON.
boost::json::object creation_options(const PasskeyRequest& request, const webauthn::House& house,
                                     const SignedIn& person);
// The bytes of a field in base64url; none where it is absent or something else.
Bytes bytes_in(const Input& input, std::string_view field);
// From the fields of a form that signs in by a passkey.
ShownPasskey shown_passkey(const Input& input);

}  // namespace keepsake::web

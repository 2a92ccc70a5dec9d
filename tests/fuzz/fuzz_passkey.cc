// What browsers send of passkeys: client data, attestation objects, authenticator data and the CBOR within.
// What is taken is for this house and of bounded size, and nothing is taken that was signed by nobody.
#include <algorithm>

#include "base/base64url.h"
#include "fuzz/targets.h"
#include "person/bounded_cbor.h"
#include "person/webauthn.h"

namespace keepsake::fuzz {
namespace {

const webauthn::House& house() {
  static const auto made = webauthn::house_at("https://photos.example");
  return made;
}

void check_client_data(ByteView input) {
  for (const auto ceremony : {webauthn::Ceremony::create, webauthn::Ceremony::get}) {
    const auto challenge = webauthn::challenge_in(input, ceremony, house());
    if (!challenge) continue;
    must(input.size() <= webauthn::most_client_data, "client data are small");
    must(as_text(input).find("https:") != std::string_view::npos ||
             as_text(input).find("\\") != std::string_view::npos,
         "client data name this house");
    must(challenge->size() < input.size(), "a challenge stands within");
  }
}

// Such a key is as libfido2 takes it.
void check_credential(const webauthn::NewCredential& credential) {
  must(!credential.id.empty() && credential.id.size() <= webauthn::most_credential, "an id is bounded");
  const auto& known = webauthn::algorithms;
  must(std::find(std::begin(known), std::end(known), credential.key.algorithm) != std::end(known),
       "the algorithm is one of three");
  const Bytes data(37, std::byte{0x05});
  must(!webauthn::verify({data, data, data}, credential.key, house()), "nothing is signed by nobody");
}

void check_assertion(ByteView input) {
  static const webauthn::PublicKey keys[] = {{-7, Bytes(64, std::byte{1})},
                                             {-8, Bytes(32, std::byte{1})},
                                             {-257, Bytes(259, std::byte{1})},
                                             {-9, {}}};
  const std::size_t half = input.size() / 2;
  for (const auto& key : keys)
    must(!webauthn::verify({input, input.first(half), input.subspan(half)}, key, house()),
         "nor by a key of ones");
}

void check_walk(ByteView input) {
  CborWalk walk(input);
  for (std::size_t left = input.size() + 1; walk.rest().size() < left && walk.pass();)
    left = walk.rest().size();
}

}  // namespace

void passkey(ByteView input) {
  check_client_data(input);
  if (const auto credential = webauthn::read_attestation(input, house())) check_credential(*credential);
  check_assertion(input);
  check_walk(input);
  const auto bytes = base64url_decode(as_text(input));
  must(!bytes || base64url_encode(*bytes) == as_text(input), "base64url has one form");
}

}  // namespace keepsake::fuzz

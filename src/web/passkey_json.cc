#include "web/passkey_json.h"

#include <boost/json/array.hpp>

#include "base/base64url.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

constexpr std::int64_t timeout = std::chrono::milliseconds(Challenges::lifetime).count();

json::array descriptors(const std::vector<Bytes>& credentials) {
  json::array list;
  for (const Bytes& id : credentials)
    list.push_back(json::object{{"type", "public-key"}, {"id", base64url_encode(id)}});
  return list;
}

}  // namespace

json::object request_options(const PasskeyRequest& request, const webauthn::House& house) {
  return {{"challenge", base64url_encode(request.challenge)},
          {"rpId", house.id},
          {"userVerification", "required"},
          {"allowCredentials", descriptors(request.credentials)},
          {"timeout", timeout}};
}

json::object creation_options(const PasskeyRequest& request, const webauthn::House& house,
                              const SignedIn& person) {
  json::array algorithms;
  for (const std::int64_t algorithm : webauthn::algorithms)
    algorithms.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
  return {{"challenge", base64url_encode(request.challenge)},
          {"rp", {{"id", house.id}, {"name", house.id}}},
          {"user",
           {{"id", base64url_encode(request.handle)},
            {"name", person.name},
            {"displayName", person.display_name}}},
          {"pubKeyCredParams", std::move(algorithms)},
          {"excludeCredentials", descriptors(request.credentials)},
          {"authenticatorSelection",
           {{"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}}},
          {"attestation", "none"},
          {"timeout", timeout}};
}

Bytes bytes_in(const Input& input, std::string_view field) {
  return base64url_decode(input.text_or_empty(field)).value_or(Bytes());
}

ShownPasskey shown_passkey(const Input& input) {
  ShownPasskey shown{bytes_in(input, "credential"), bytes_in(input, "client_data"),
                     bytes_in(input, "authenticator_data"), bytes_in(input, "signature"), std::nullopt};
  if (Bytes handle = bytes_in(input, "handle"); !handle.empty()) shown.handle = std::move(handle);
  return shown;
}

}  // namespace keepsake::web

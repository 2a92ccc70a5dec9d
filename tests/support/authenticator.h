#pragma once
// An authenticator in software, with an Ed25519 key: what a browser would hand over of it.
#include <sodium.h>

#include <string>

#include "base/base64url.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/random.h"
#include "person/passkey.h"

namespace keepsake::support {

struct Authenticator {
  std::string origin = "https://photos.example";
  std::string rp = "photos.example";
  std::byte flags{0x05};  // user present and verified
  std::uint32_t counter = 1;
  Bytes id = random_bytes(32);
  Bytes handle = {};
  std::string more_client_data = {};  // ',"crossOrigin":true'

  Authenticator() : public_key(crypto_sign_PUBLICKEYBYTES), secret_key(crypto_sign_SECRETKEYBYTES) {
    crypto_sign_keypair(raw(public_key), raw(secret_key));
  }

  Bytes client_data(std::string_view type, const Bytes& challenge) const {
    return to_bytes(R"({"type":")" + std::string(type) + R"(","challenge":")" + base64url_encode(challenge) +
                    R"(","origin":")" + origin + R"(")" + more_client_data + "}");
  }
  Bytes creation(const Bytes& challenge) const { return client_data("webauthn.create", challenge); }

  // Authenticator data without a credential.
  Bytes data(std::byte more_flags = {}) const {
    Bytes bytes = to_bytes(sha256(rp));
    bytes.push_back(flags | more_flags);
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::byte>(counter >> shift));
    return bytes;
  }
  // {1: 1, 3: -8, -1: 6, -2: x} (RFC 9053 7.2).
  Bytes cose_key() const {
    Bytes key = of({0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20});
    key.insert(key.end(), public_key.begin(), public_key.end());
    return key;
  }
  Bytes attested_data() const {
    Bytes bytes = data(std::byte{0x40});
    bytes.resize(bytes.size() + 16);
    bytes.push_back(static_cast<std::byte>(id.size() >> 8));
    bytes.push_back(static_cast<std::byte>(id.size()));
    bytes.insert(bytes.end(), id.begin(), id.end());
    const Bytes key = cose_key();
    bytes.insert(bytes.end(), key.begin(), key.end());
    return bytes;
  }
  // {"fmt": "none", "attStmt": {}, "authData": data}
  static Bytes attestation_of(const Bytes& data) {
    Bytes bytes = to_bytes(
        "\xa3\x63"
        "fmt"
        "\x64"
        "none"
        "\x67"
        "attStmt"
        "\xa0\x68"
        "authData");
    const Bytes head = of({0x59, static_cast<int>(data.size() >> 8), static_cast<int>(data.size() & 255)});
    bytes.insert(bytes.end(), head.begin(), head.end());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
  }
  Bytes attestation() const { return attestation_of(attested_data()); }

  // What it answers to a challenge, counting one further.
  ShownPasskey answer(const Bytes& challenge) {
    ++counter;
    ShownPasskey shown{id, client_data("webauthn.get", challenge), data(), Bytes(crypto_sign_BYTES), handle};
    Bytes said = shown.authenticator_data;
    const Digest hash = sha256(shown.client_data);
    said.insert(said.end(), hash.begin(), hash.end());
    crypto_sign_detached(raw(shown.signature), nullptr, raw(said), said.size(), raw(secret_key));
    return shown;
  }

  Bytes public_key;
  Bytes secret_key;

 private:
  static unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
  static const unsigned char* raw(const Bytes& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
  }
  static Bytes of(std::initializer_list<int> numbers) {
    Bytes bytes;
    for (const int number : numbers) bytes.push_back(static_cast<std::byte>(number));
    return bytes;
  }
};

}  // namespace keepsake::support

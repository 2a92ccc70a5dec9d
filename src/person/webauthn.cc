#include "person/webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <memory>
#include <new>

#include "base/base64url.h"
#include "base/hash.h"
#include "person/bounded_cbor.h"

namespace keepsake::webauthn {
namespace {

namespace json = boost::json;

// Authenticator data (6.1): SHA-256 of the RP ID, flags, counter; then AAGUID, length and id of the
// credential (6.5.1), its key and what extensions say.
constexpr std::size_t flags_at = 32;
constexpr std::size_t counter_at = 33;
constexpr std::size_t fixed_size = 37;
constexpr std::size_t credential_length_at = fixed_size + 16;
constexpr std::size_t credential_at = credential_length_at + 2;
constexpr unsigned user_present = 0x01, user_verified = 0x04, has_credential = 0x40, has_extensions = 0x80;

unsigned byte_at(ByteView bytes, std::size_t place) {
  return std::to_integer<unsigned>(bytes[place]);
}

std::uint32_t counter_of(ByteView data) {
  std::uint32_t counter = 0;
  for (const std::byte byte : data.subspan(counter_at, 4))
    counter = (counter << 8) | std::to_integer<std::uint32_t>(byte);
  return counter;
}

bool is_of(ByteView data, const House& house) {
  const Digest id = sha256(house.id);
  const unsigned flags = byte_at(data, flags_at);
  return std::equal(id.begin(), id.end(), data.begin()) && (flags & user_present) != 0 &&
         (flags & user_verified) != 0;
}

std::optional<std::string_view> text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (!value || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

struct FreeCredential {
  void operator()(fido_cred_t* credential) const { fido_cred_free(&credential); }
};
struct FreeAssertion {
  void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
};

const unsigned char* raw(ByteView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Bytes taken(const unsigned char* bytes, std::size_t size) {
  return bytes ? to_bytes(std::as_bytes(std::span(bytes, size))) : Bytes();
}

// The credential of attested data whose form was checked, if its key is of this algorithm.
std::optional<NewCredential> credential_in(ByteView data, std::int64_t algorithm) {
  const std::unique_ptr<fido_cred_t, FreeCredential> credential(fido_cred_new());
  if (!credential) throw std::bad_alloc();
  if (fido_cred_set_type(credential.get(), static_cast<int>(algorithm)) != FIDO_OK ||
      fido_cred_set_authdata_raw(credential.get(), raw(data), data.size()) != FIDO_OK)
    return std::nullopt;
  NewCredential made{
      taken(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get())),
      {algorithm, taken(fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get()))},
      counter_of(data)};
  if (made.id.empty() || made.key.bytes.empty()) return std::nullopt;
  return made;
}

// Whether after the fixed part there are a credential's id, a key and, where flags say so, extensions, small
// and nothing else.
bool is_attested(ByteView data) {
  if (data.size() < credential_at || data.size() > most_authenticator_data) return false;
  const std::size_t length =
      byte_at(data, credential_length_at) << 8 | byte_at(data, credential_length_at + 1);
  const unsigned flags = byte_at(data, flags_at);
  if ((flags & has_credential) == 0 || length == 0 || length > most_credential ||
      data.size() < credential_at + length)
    return false;
  CborWalk walk(data.subspan(credential_at + length));
  return walk.pass() && ((flags & has_extensions) == 0 || walk.pass()) && walk.rest().empty();
}

// The authenticator data of an attestation object.
std::optional<ByteView> data_in(ByteView attestation) {
  if (attestation.size() > most_attestation) return std::nullopt;
  CborWalk walk(attestation);
  if (walk.map() != 3) return std::nullopt;
  std::optional<ByteView> data;
  std::optional<std::string_view> format;
  bool stated = false;
  for (int pair = 0; pair < 3; ++pair) {
    const auto name = walk.text();
    if (name == "fmt" && !format) {
      format = walk.text();
    } else if (name == "attStmt" && !stated) {
      stated = walk.pass();
    } else if (name == "authData" && !data) {
      data = walk.bytes();
    } else {
      return std::nullopt;
    }
  }
  const bool known = format == "none" || format == "packed";
  return known && stated && data && walk.rest().empty() ? data : std::nullopt;
}

// A key as libfido2 takes it, given back when it goes.
template <class Key, Key* (*make)(), void (*give_back)(Key**), int (*read)(Key*, const void*, std::size_t)>
class LibraryKey {
 public:
  explicit LibraryKey(ByteView bytes) : key_(make()) {
    if (!key_) throw std::bad_alloc();
    fits_ = read(key_, bytes.data(), bytes.size()) == FIDO_OK;
  }
  ~LibraryKey() { give_back(&key_); }
  LibraryKey(const LibraryKey&) = delete;
  LibraryKey& operator=(const LibraryKey&) = delete;
  bool verifies(const fido_assert_t* assertion, std::int64_t algorithm) const {
    return fits_ && fido_assert_verify(assertion, 0, static_cast<int>(algorithm), key_) == FIDO_OK;
  }

 private:
  Key* key_;
  bool fits_ = false;
};
using Es256 = LibraryKey<es256_pk_t, es256_pk_new, es256_pk_free, es256_pk_from_ptr>;
using EdDsa = LibraryKey<eddsa_pk_t, eddsa_pk_new, eddsa_pk_free, eddsa_pk_from_ptr>;
using Rs256 = LibraryKey<rs256_pk_t, rs256_pk_new, rs256_pk_free, rs256_pk_from_ptr>;

bool verifies(const PublicKey& key, const fido_assert_t* assertion) {
  switch (key.algorithm) {
    case COSE_ES256:
      return Es256(key.bytes).verifies(assertion, key.algorithm);
    case COSE_EDDSA:
      return EdDsa(key.bytes).verifies(assertion, key.algorithm);
    case COSE_RS256:
      return Rs256(key.bytes).verifies(assertion, key.algorithm);
    default:
      return false;
  }
}

}  // namespace

House house_at(std::string_view origin) {
  const std::size_t begin = origin.find("//");
  std::string_view host = begin == origin.npos ? std::string_view() : origin.substr(begin + 2);
  host = host.substr(0, host.find(':'));
  const bool is_name = std::any_of(host.begin(), host.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
                       host.find('[') == host.npos;
  return {std::string(origin), is_name ? std::string(host) : std::string()};
}

std::optional<Bytes> challenge_in(ByteView client_data, Ceremony ceremony, const House& house) {
  if (client_data.size() > most_client_data) return std::nullopt;
  boost::system::error_code fault;
  const json::value read = json::parse(as_text(client_data), fault);
  if (fault || !read.is_object()) return std::nullopt;
  const json::object& object = read.get_object();
  const json::value* crossing = object.if_contains("crossOrigin");
  if (crossing && (!crossing->is_bool() || crossing->get_bool())) return std::nullopt;
  const std::string_view wanted = ceremony == Ceremony::create ? "webauthn.create" : "webauthn.get";
  const auto challenge = text_in(object, "challenge");
  if (text_in(object, "type") != wanted || text_in(object, "origin") != house.origin || !challenge)
    return std::nullopt;
  return base64url_decode(*challenge);
}

std::optional<NewCredential> read_attestation(ByteView attestation, const House& house) {
  const auto data = data_in(attestation);
  if (!data || !is_attested(*data) || !is_of(*data, house)) return std::nullopt;
  for (const std::int64_t algorithm : algorithms) {
    if (auto credential = credential_in(*data, algorithm)) return credential;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> verify(const Assertion& shown, const PublicKey& key, const House& house) {
  const ByteView data = shown.authenticator_data;
  if (data.size() < fixed_size || data.size() > most_authenticator_data ||
      shown.signature.size() > most_signature || !is_of(data, house))
    return std::nullopt;
  // Extensions are asked for by nobody here.
  if ((byte_at(data, flags_at) & (has_credential | has_extensions)) != 0 || data.size() != fixed_size)
    return std::nullopt;
  const std::unique_ptr<fido_assert_t, FreeAssertion> assertion(fido_assert_new());
  if (!assertion) throw std::bad_alloc();
  fido_assert_t* it = assertion.get();
  const Digest hash = sha256(shown.client_data);
  const bool ready = fido_assert_set_count(it, 1) == FIDO_OK &&
                     fido_assert_set_clientdata_hash(it, raw(hash), hash.size()) == FIDO_OK &&
                     fido_assert_set_rp(it, house.id.c_str()) == FIDO_OK &&
                     fido_assert_set_up(it, FIDO_OPT_TRUE) == FIDO_OK &&
                     fido_assert_set_uv(it, FIDO_OPT_TRUE) == FIDO_OK &&
                     fido_assert_set_authdata_raw(it, 0, raw(data), data.size()) == FIDO_OK &&
                     fido_assert_set_sig(it, 0, raw(shown.signature), shown.signature.size()) == FIDO_OK;
  return ready && verifies(key, it) ? std::optional(counter_of(data)) : std::nullopt;
}

}  // namespace keepsake::webauthn

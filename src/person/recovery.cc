#include "person/recovery.h"

#include <algorithm>

#include "base/base32.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "person/new_password.h"
#include "person/one_time_store.h"
#include "person/person_store.h"

namespace keepsake {
namespace {

constexpr std::size_t code_bytes = 10;
constexpr std::size_t code_letters = 16;

// In groups of four, for the eye.
std::string written(std::string_view letters) {
  std::string code;
  for (std::size_t at = 0; at < letters.size(); at += 4)
    code.append(at == 0 ? "" : "-").append(letters.substr(at, 4));
  return code;
}

std::string letters_of(std::string_view typed) {
  std::string letters = ascii_lower(typed.substr(0, 128));
  std::erase_if(letters, [](char c) { return c == '-' || c == ' ' || c == '\t'; });
  return letters;
}

Digest code_hash(std::string_view letters) {
  return sha256(std::string("recovery code ").append(letters));
}

Refusal does_not_fit() {
  return {Refused::sign_in, "This name and code do not fit together, or the code was used before."};
}
Refusal link_ended() {
  return {Refused::gone, "This link has ended. Please ask for a new one."};
}

}  // namespace

std::vector<std::string> Recovery::make_codes(db::Tx& tx, PersonId person) {
  std::vector<std::string> made;
  std::vector<Digest> hashes;
  for (int i = 0; i < codes; ++i) {
    const std::string letters = base32_encode(random_bytes(code_bytes));
    made.push_back(written(letters));
    hashes.push_back(code_hash(letters));
  }
  one_time_store::replace_codes(tx, person, hashes);
  person_store::record(tx, person, AccountEvent::recovery_codes_made, clock_.now());
  return made;
}

int Recovery::codes_left(db::Reader& reader, PersonId person) {
  return one_time_store::codes_left(reader, person);
}

Result<PersonId> Recovery::use_code(std::string_view typed, std::string_view code, std::string_view password,
                                    std::string_view address) {
  const std::string name = typed_name(typed.substr(0, 256));
  const std::string letters = letters_of(code);
  if (auto refusal = attempts_.refusal(name, address)) return std::move(*refusal);
  if (!is_name(name) || letters.size() != code_letters) return does_not_fit();
  const Digest hash = code_hash(letters);
  const auto person =
      database_.read([&](db::Reader& reader) { return one_time_store::find_code(reader, name, hash); });
  if (!person) return does_not_fit();
  const auto fresh = passwords_.hash(password, name);
  if (fresh.refused()) return fresh.refusal();
  return database_.write([&](db::Tx& tx) -> Result<PersonId> {
    if (!one_time_store::use_code(tx, *person, hash)) return does_not_fit();
    recover_with_password(tx, *person, *fresh, AccountEvent::recovery_code_used, clock_.now());
    if (on_end_) on_end_(tx);
    return *person;
  });
}

bool Recovery::take_code(db::Tx& tx, PersonId person, std::string_view code) {
  const std::string letters = letters_of(code);
  if (letters.size() != code_letters || !one_time_store::use_code(tx, person, code_hash(letters)))
    return false;
  person_store::record(tx, person, AccountEvent::code_instead, clock_.now());
  return true;
}

std::string Recovery::make_link(db::Tx& tx, PersonId person) {
  const std::string secret = random_secret();
  const Time now = clock_.now();
  one_time_store::remove_recovery_links(tx, person);
  one_time_store::add_link(tx, one_time_store::LinkKind::recovery, sha256(secret), person, now,
                           now + link_lifetime);
  person_store::record(tx, person, AccountEvent::recovery_link_made, now);
  return secret;
}

std::optional<Person> Recovery::find_link(db::Reader& reader, std::string_view secret) const {
  const auto link =
      one_time_store::find_link(reader, one_time_store::LinkKind::recovery, sha256(secret), clock_.now());
  if (!link || !link->person) return std::nullopt;
  auto person = person_store::find(reader, *link->person);
  if (person && person->suspended) return std::nullopt;
  return person;
}

Result<PersonId> Recovery::use_link(std::string_view secret, std::string_view password,
                                    std::string_view address) {
  if (auto refusal = attempts_.refusal(hex(sha256(secret)), address)) return std::move(*refusal);
  const auto find = [&](db::Reader& reader) { return find_link(reader, secret); };
  const auto person = database_.read(find);
  if (!person) return link_ended();
  const auto fresh = passwords_.hash(password, person->name);
  if (fresh.refused()) return fresh.refusal();
  return database_.write([&](db::Tx& tx) -> Result<PersonId> {
    if (!find(tx)) return link_ended();
    recover_with_password(tx, person->id, *fresh, AccountEvent::recovery_link_used, clock_.now());
    if (on_end_) on_end_(tx);
    return person->id;
  });
}

}  // namespace keepsake

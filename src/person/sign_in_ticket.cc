#include "person/sign_in_ticket.h"

#include <algorithm>
#include <cstring>

#include "base/base32.h"
#include "blobs/seal.h"

namespace keepsake {
namespace {

constexpr std::string_view purpose = "sign-in ticket";
constexpr std::size_t most_letters = 256;

// What is sealed: read on machines of one byte order only, and for ten minutes.
struct Inside {
  std::int64_t person;
  std::int64_t expires;
  Digest password;
};
static_assert(sizeof(Inside) == 48);

}  // namespace

std::string SignInTickets::make(PersonId person, const PasswordHash& password) const {
  const Inside inside{person.value, to_micros(clock_.now() + lifetime), sha256(password.text)};
  return base32_encode(blobs::seal(key_, purpose, std::as_bytes(std::span(&inside, 1))));
}

std::optional<SignInTickets::Ticket> SignInTickets::read(std::string_view text) const {
  if (text.size() > most_letters) return std::nullopt;
  const auto sealed = base32_decode(text);
  const auto bytes = sealed ? blobs::unseal(key_, purpose, *sealed) : std::nullopt;
  if (!bytes || bytes->size() != sizeof(Inside)) return std::nullopt;
  Inside inside;
  std::memcpy(&inside, bytes->data(), sizeof inside);
  if (from_micros(inside.expires) <= clock_.now()) return std::nullopt;
  return Ticket{PersonId{inside.person}, inside.password};
}

bool SignInTickets::holds_for(const Ticket& ticket, const PasswordHash& password) {
  return ticket.password == sha256(password.text);
}

}  // namespace keepsake

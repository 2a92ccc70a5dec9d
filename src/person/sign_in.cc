#include "person/sign_in.h"

#include "person/person.h"
#include "person/person_store.h"

namespace keepsake {
namespace {

std::optional<person_store::Account> account_named(db::Database& database, const std::string& name) {
  if (!is_name(name)) return std::nullopt;
  return database.read([&](db::Reader& reader) { return person_store::account(reader, name); });
}

Refusal does_not_fit() {
  return {Refused::sign_in, "This name and password do not fit together."};
}

}  // namespace

Result<StartedSession> SignIn::with_password(std::string_view typed, std::string_view password,
                                             const Client& client, std::string_view previous) {
  const std::string name = typed_name(typed.substr(0, 256));
  if (auto refusal = attempts_.refusal(name, client.address)) return std::move(*refusal);
  const auto account = account_named(database_, name);
  const auto fits = passwords_.verify(account ? std::optional(account->password) : std::nullopt, password);
  if (fits.refused()) {
    // The name is not to blame, but the address is part of the throng.
    attempts_.forgive_subject(name);
    return fits.refusal();
  }
  if (!*fits || account->person.suspended) return does_not_fit();
  attempts_.forgive(name, client.address);
  return start(*account, password, client, previous);
}

// Reads the account again within the transaction: who was suspended or changed the password meanwhile stays
// outside.
Result<StartedSession> SignIn::start(const person_store::Account& account, std::string_view password,
                                     const Client& client, std::string_view previous) {
  std::optional<PasswordHash> renewed;
  if (passwords_.outdated(account.password)) {
    if (auto hash = passwords_.hash(password, account.person.name)) renewed = std::move(*hash);
  }
  return database_.write([&](db::Tx& tx) -> Result<StartedSession> {
    const auto present = person_store::account(tx, account.person.id);
    if (!present || present->person.suspended || present->password.text != account.password.text)
      return does_not_fit();
    if (renewed) person_store::set_password(tx, account.person.id, *renewed);
    return sessions_.start(tx, account.person.id, client.user_agent, previous);
  });
}

}  // namespace keepsake

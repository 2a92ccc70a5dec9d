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
Refusal ticket_ended() {
  return {Refused::sign_in, "This took too long. Please sign in once more."};
}
Refusal wrong_code() {
  return {Refused::invalid, "This code does not fit, or it was used before.", "code"};
}

}  // namespace

Result<Entry> SignIn::with_password(std::string_view typed, std::string_view password, const Client& client,
                                    std::string_view previous) {
  const std::string name = typed_name(typed.substr(0, 256));
  if (auto refusal = attempts_.refusal(name, client.address)) return std::move(*refusal);
  const auto account = account_named(uses_.database, name);
  const auto fits =
      uses_.passwords.verify(account ? std::optional(account->password) : std::nullopt, password);
  if (fits.refused()) {
    // The name is not to blame, but the address is part of the throng.
    attempts_.forgive_subject(name);
    return fits.refusal();
  }
  if (!*fits || account->person.suspended) return does_not_fit();
  attempts_.forgive(name, client.address);
  return enter(*account, password, client, previous);
}

// Reads the account again within the transaction: who was suspended or changed the password meanwhile stays
// outside.
Result<Entry> SignIn::enter(const person_store::Account& account, std::string_view password,
                            const Client& client, std::string_view previous) {
  std::optional<PasswordHash> renewed;
  if (uses_.passwords.outdated(account.password)) {
    if (auto hash = uses_.passwords.hash(password, account.person.name)) renewed = std::move(*hash);
  }
  return uses_.database.write([&](db::Tx& tx) -> Result<Entry> {
    auto present = person_store::account(tx, account.person.id);
    if (!present || present->person.suspended || present->password.text != account.password.text)
      return does_not_fit();
    if (renewed) {
      person_store::set_password(tx, account.person.id, *renewed);
      present->password = *renewed;
    }
    return go_on(tx, *present, client, previous);
  });
}

Entry SignIn::go_on(db::Tx& tx, const person_store::Account& account, const Client& client,
                    std::string_view previous) {
  const PersonId person = account.person.id;
  if (SecondStep::is_asked(tx, person)) return {std::nullopt, tickets_.make(person, account.password)};
  return {uses_.sessions.start(tx, person, client.user_agent, previous)};
}

std::optional<PersonId> SignIn::waiting(db::Reader& reader, std::string_view text) const {
  const auto ticket = tickets_.read(text);
  const auto account = ticket ? person_store::account(reader, ticket->person) : std::nullopt;
  if (!account || account->person.suspended || !SignInTickets::holds_for(*ticket, account->password))
    return std::nullopt;
  return ticket->person;
}

bool SignIn::holds(std::string_view ticket) const {
  return uses_.database.read([&](db::Reader& reader) { return waiting(reader, ticket).has_value(); });
}

Result<StartedSession> SignIn::with_code(std::string_view ticket, std::string_view code, const Client& client,
                                         std::string_view previous) {
  const auto person = uses_.database.read([&](db::Reader& reader) { return waiting(reader, ticket); });
  if (!person) return ticket_ended();
  const std::string subject = std::to_string(person->value);
  if (auto refusal = code_attempts_.refusal(subject, client.address)) return std::move(*refusal);
  auto started = uses_.database.write([&](db::Tx& tx) -> Result<StartedSession> {
    if (waiting(tx, ticket) != person) return ticket_ended();
    // Where the second step was turned off meanwhile, the ticket alone is not worth a session.
    const bool by_app = SecondStep::is_asked(tx, *person) && uses_.second_step.take(tx, *person, code);
    if (!by_app && !uses_.recovery.take_code(tx, *person, code)) return wrong_code();
    return uses_.sessions.start(tx, *person, client.user_agent, previous);
  });
  if (!started.refused()) code_attempts_.forgive(subject, client.address);
  return started;
}

Entry SignIn::after_link(PersonId person, const Client& client, std::string_view previous) {
  return uses_.database.write([&](db::Tx& tx) -> Entry {
    const auto account = person_store::account(tx, person);
    return account ? go_on(tx, *account, client, previous) : Entry{};
  });
}

}  // namespace keepsake

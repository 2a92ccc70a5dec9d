#include "person/sign_in.h"

#include <chrono>

#include "base/day_text.h"
#include "person/people.h"
#include "person/person_store.h"

namespace keepsake {
namespace {

std::optional<person_store::Account> account_named(db::Database& database, const std::string& name) {
  if (!is_name(name)) return std::nullopt;
  return database.read([&](db::Reader& reader) { return person_store::account(reader, name); });
}

Refusal shut_out(std::string_view begin, Time day, std::string_view end, std::string_view id) {
  const auto number = std::chrono::floor<std::chrono::days>(day).time_since_epoch().count();
  return {Refused::sign_in, std::string(begin).append(day_text(day)).append(end), {}, {id, number}};
}

// Said to nobody but who knows the password.
Refusal shut_out(const Person& person) {
  if (person.removed)
    return shut_out("This account was removed by whoever runs this place. It is gone for good on ",
                    *person.removed + People::removal_takes,
                    "; until then it can be taken back. Please ask them.", "refused_removed");
  return shut_out("This account was suspended by whoever runs this place on ", *person.suspended,
                  ". Nothing of yours is lost, and nobody sees it meanwhile. Please ask them.",
                  "refused_suspended");
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

// What a refused try wrote stays: that a copy of a passkey was shown is to be told.
struct Tried {
  Result<StartedSession> outcome;
};

}  // namespace

// Where the client is known as a device of that person's, their tries are its own. Without the cookie of one
// nothing is looked up.
Trying SignIn::trying(const std::string& name, const Client& client) const {
  const auto device =
      client.device.empty() || !is_name(name) ? std::nullopt : uses_.database.read([&](db::Reader& reader) {
        return Sessions::known_device(reader, name, client.device);
      });
  return {name, client.address, device};
}

Result<Entry> SignIn::with_password(std::string_view typed, std::string_view password, const Client& client) {
  const std::string name = typed_name(typed.substr(0, 256));
  const Trying trying = this->trying(name, client);
  if (auto refusal = tries_.refusal(trying)) return std::move(*refusal);
  const auto account = account_named(uses_.database, name);
  const auto fits =
      uses_.passwords.verify(account ? std::optional(account->password) : std::nullopt, password);
  if (fits.refused()) {
    // The name is not to blame, but the address is part of the throng.
    tries_.forgive_subject(trying);
    return fits.refusal();
  }
  if (!*fits) return does_not_fit();
  tries_.forgive(trying);
  if (account->person.suspended) return shut_out(account->person);
  return enter(*account, password, client);
}

// Reads the account again within the transaction: who was suspended or changed the password meanwhile stays
// outside.
Result<Entry> SignIn::enter(const person_store::Account& account, std::string_view password,
                            const Client& client) {
  std::optional<PasswordHash> renewed;
  if (uses_.passwords.outdated(account.password)) {
    if (auto hash = uses_.passwords.hash(password, account.person.name)) renewed = std::move(*hash);
  }
  return uses_.database.write([&](db::Tx& tx) -> Result<Entry> {
    auto present = person_store::account(tx, account.person.id);
    if (!present || present->password.text != account.password.text) return does_not_fit();
    if (present->person.suspended) return shut_out(present->person);
    if (renewed) {
      person_store::set_password(tx, account.person.id, *renewed);
      present->password = *renewed;
    }
    return go_on(tx, *present, client);
  });
}

Entry SignIn::go_on(db::Tx& tx, const person_store::Account& account, const Client& client) {
  const PersonId person = account.person.id;
  if (SecondStep::is_asked(tx, person) || Passkeys::is_asked(tx, person))
    return {std::nullopt, tickets_.make(person, account.password)};
  return {uses_.sessions.start(tx, person, client)};
}

std::optional<PersonId> SignIn::waiting(db::Reader& reader, std::string_view text) const {
  const auto ticket = tickets_.read(text);
  const auto account = ticket ? person_store::account(reader, ticket->person) : std::nullopt;
  if (!account || account->person.suspended || !SignInTickets::holds_for(*ticket, account->password))
    return std::nullopt;
  return ticket->person;
}

std::optional<Steps> SignIn::steps(std::string_view ticket) const {
  return uses_.database.read([&](db::Reader& reader) -> std::optional<Steps> {
    const auto person = waiting(reader, ticket);
    if (!person) return std::nullopt;
    return Steps{SecondStep::is_asked(reader, *person), !uses_.passkeys.list(reader, *person).empty()};
  });
}

Result<StartedSession> SignIn::with_code(std::string_view ticket, std::string_view code,
                                         const Client& client) {
  Trying trying{{}, client.address, {}};
  const auto person = uses_.database.read([&](db::Reader& reader) {
    const auto found = waiting(reader, ticket);
    if (found) trying.device = Sessions::known_device(reader, *found, client.device);
    return found;
  });
  if (!person) return ticket_ended();
  trying.subject = std::to_string(person->value);
  if (auto refusal = step_tries_.refusal(trying)) return std::move(*refusal);
  auto started = uses_.database.write([&](db::Tx& tx) -> Result<StartedSession> {
    if (waiting(tx, ticket) != person) return ticket_ended();
    // Where the second step was turned off meanwhile, the ticket alone is not worth a session.
    const bool by_app = SecondStep::is_asked(tx, *person) && uses_.second_step.take(tx, *person, code);
    if (!by_app && !uses_.recovery.take_code(tx, *person, code)) return wrong_code();
    return uses_.sessions.start(tx, *person, client);
  });
  if (!started.refused()) step_tries_.forgive(trying);
  return started;
}

std::optional<PasskeyRequest> SignIn::passkey_request(std::string_view ticket) const {
  return uses_.database.read([&](db::Reader& reader) -> std::optional<PasskeyRequest> {
    const auto person = waiting(reader, ticket);
    if (!person) return std::nullopt;
    return uses_.passkeys.request(reader, *person);
  });
}

Result<StartedSession> SignIn::with_passkey(const ShownPasskey& shown, const Client& client) {
  return check_passkey(shown, {}, std::nullopt, client);
}

Result<StartedSession> SignIn::with_passkey(std::string_view ticket, const ShownPasskey& shown,
                                            const Client& client) {
  const auto person = uses_.database.read([&](db::Reader& reader) { return waiting(reader, ticket); });
  if (!person) return ticket_ended();
  return check_passkey(shown, ticket, person, client);
}

Result<StartedSession> SignIn::check_passkey(const ShownPasskey& shown, std::string_view ticket,
                                             std::optional<PersonId> person, const Client& client) {
  const std::string from = address_key(client.address);
  if (const auto wait = passkey_tries_.wait_for(from)) return too_many_tries(*wait);
  auto tried = uses_.database.write([&](db::Tx& tx) -> Tried {
    if (person && waiting(tx, ticket) != person) return {ticket_ended()};
    const auto whose = uses_.passkeys.check(tx, shown, person);
    if (whose.refused()) return {whose.refusal()};
    return {uses_.sessions.start(tx, *whose, client)};
  });
  if (!tried.outcome.refused()) passkey_tries_.give_back(from);
  return std::move(tried.outcome);
}

Entry SignIn::after_link(PersonId person, const Client& client) {
  return uses_.database.write([&](db::Tx& tx) -> Entry {
    const auto account = person_store::account(tx, person);
    return account ? go_on(tx, *account, client) : Entry{};
  });
}

}  // namespace keepsake

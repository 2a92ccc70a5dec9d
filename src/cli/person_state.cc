#include <ostream>

#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {
namespace {

Result<Done> end_second_step(Instance& instance, PersonId id) {
  app::Services& services = instance.services();
  const bool was_on = instance.database().write([&](db::Tx& tx) {
    const bool by_app = services.second_step.remove(tx, id, AccountEvent::second_step_taken);
    const bool by_passkey = Passkeys::is_asked(tx, id);
    return by_passkey ? !services.passkeys.ask_after_password(tx, id, false, AccountEvent::second_step_taken)
                             .refused()
                      : by_app;
  });
  if (!was_on) return Refusal{Refused::conflict, "Their second step is not on."};
  return Done{};
}

Result<Done> change(Instance& instance, PersonId id, PersonState state) {
  People& people = instance.services().people;
  switch (state) {
    case PersonState::suspended:
      return people.suspend(id);
    case PersonState::unsuspended:
      return people.unsuspend(id);
    case PersonState::host:
      return people.set_host(id, true);
    case PersonState::no_host:
      return people.set_host(id, false);
    case PersonState::no_second_step:
      return end_second_step(instance, id);
  }
  throw std::logic_error("no such state");
}

const char* said(PersonState state) {
  switch (state) {
    case PersonState::suspended:
      return " is suspended: nobody signs in by that name, its sessions and tokens have ended, and "
             "nobody sees what was shared by it.";
    case PersonState::unsuspended:
      return " may sign in again.";
    case PersonState::host:
      return " is host.";
    case PersonState::no_host:
      return " is host no longer.";
    case PersonState::no_second_step:
      return " signs in by the password alone from now on, and is shown that you did this.";
  }
  throw std::logic_error("no such state");
}

}  // namespace

int change_person(const std::string& name, PersonState state, const LoadedSettings& loaded,
                  Console& console) {
  Instance instance(loaded.settings);
  const Person person = instance.person(name);
  or_fail(change(instance, person.id, state));
  instance.tell_server(console);
  console.out << person.name << said(state) << '\n';
  return 0;
}

}  // namespace keepsake::cli

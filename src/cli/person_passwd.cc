#include <ostream>

#include "cli/commands.h"
#include "cli/instance.h"
#include "cli/password_input.h"

namespace keepsake::cli {
namespace {

int set_directly(const PasswordToSet& wanted, Instance& instance, Console& console) {
  const std::string password = read_new_password(console, true);
  const Person person = instance.person(wanted.name);
  or_fail(instance.services().people.set_password(person.id, password));
  instance.tell_server(console);
  console.out << "The password of " << person.name
              << " is set. Their sessions and personal tokens have ended.\n";
  const bool second_step = instance.database().read([&](db::Reader& reader) {
    return SecondStep::is_asked(reader, person.id) || Passkeys::is_asked(reader, person.id);
  });
  if (second_step)
    console.out << "Their second step stays; keepsake person no-second-step " << person.name << " ends it.\n";
  return 0;
}

}  // namespace

int set_password(const PasswordToSet& wanted, const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  if (wanted.password_stdin) return set_directly(wanted, instance, console);
  const Person person = instance.person(wanted.name);
  const std::string secret = instance.database().write(
      [&](db::Tx& tx) { return instance.services().recovery.make_link(tx, person.id); });
  console.out << loaded.settings.origin() << "/reset/" << secret << '\n';
  console.err << "Give this link to " << person.name
              << ". It sets a new password once, within 24 hours, and ends all sessions.\n";
  return 0;
}

}  // namespace keepsake::cli

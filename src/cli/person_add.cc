#include <ostream>

#include "cli/commands.h"
#include "cli/instance.h"
#include "cli/password_input.h"

namespace keepsake::cli {

int add_person(const PersonToAdd& person, const LoadedSettings& loaded, Console& console) {
  const std::string password = read_new_password(console, person.password_stdin);
  Instance instance(loaded.settings);
  or_fail(instance.services().people.add({person.name, person.display_name, password, person.host}));
  instance.tell_server(console);
  console.out << "Added " << typed_name(person.name) << (person.host ? ", who is host" : "") << ".\n";
  return 0;
}

}  // namespace keepsake::cli

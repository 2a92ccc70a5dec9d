#include <istream>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {
namespace {

void confirm(const Person& person, Console& console) {
  if (!console.typed) throw Misuse("This cannot be undone: add --yes.");
  console.err << "This removes " << person.name
              << " with every story, photo and comment of theirs, for good.\nType the name to go on: "
              << std::flush;
  std::string typed;
  std::getline(console.in, typed);
  if (trim(typed) != person.name) throw Failure("Nothing was removed.");
}

}  // namespace

int remove_person(const PersonToRemove& wanted, const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  const Person person = instance.person(wanted.name);
  if (!wanted.yes) confirm(person, console);
  or_fail(instance.services().people.remove(person.id));
  instance.tell_server(console);
  console.out << "Removed " << person.name
              << ". Backups made before still hold what was theirs, as long as they are kept.\n";
  return 0;
}

}  // namespace keepsake::cli

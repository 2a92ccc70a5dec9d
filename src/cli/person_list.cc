#include <ostream>

#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {
namespace {

constexpr int page = 200;

void print(std::ostream& out, const Person& person) {
  out << person.name << '\t' << person.display_name << '\t' << "since " << shown_time(person.created);
  if (person.host) out << "\thost";
  if (person.suspended) out << "\tsuspended " << shown_time(*person.suspended);
  if (person.removed) out << "\tgone for good " << shown_time(*person.removed + People::removal_takes);
  out << '\n';
}

}  // namespace

int list_persons(const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  std::string after;
  for (;;) {
    const auto persons =
        instance.database().read([&](db::Reader& reader) { return People::list(reader, after, page); });
    for (const Person& person : persons) print(console.out, person);
    if (persons.size() < page) return 0;
    after = persons.back().name;
  }
}

}  // namespace keepsake::cli

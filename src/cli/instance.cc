#include "cli/instance.h"

#include <ostream>

#include "app/control.h"

namespace keepsake::cli {

Instance::Instance(const Settings& settings)
    : settings_(settings), storage_(settings), services_(storage_, settings, clock_) {}

Person Instance::person(std::string_view typed) {
  const std::string name = typed_name(typed);
  auto person = database().read([&](db::Reader& reader) { return People::find(reader, name); });
  if (!person) throw Failure("There is no person of the name " + std::string(typed) + ".");
  return *person;
}

void Instance::tell_server(Console& console) const {
  if (ControlClient::tell(settings_.data) != Told::failed) return;
  console.err << "keepsake: the change is made, but the running server did not answer; it will see it by "
                 "itself within a second.\n";
}

}  // namespace keepsake::cli

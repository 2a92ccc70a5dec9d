#include <fcntl.h>

#include <iomanip>
#include <ostream>
#include <sstream>

#include "app/control.h"
#include "app/services.h"
#include "app/storage.h"
#include "base/file.h"
#include "cli/commands.h"
#include "demo/making.h"

namespace keepsake::cli {
namespace {

demo::Made make(int width, const Settings& settings, Console& console) {
  demo::TurnableClock clock;
  app::Storage storage(settings);
  if (!demo::is_empty(storage.database()))
    throw Failure("There are people in " + settings.data.string() +
                  " already: give the demo a directory of its own.");
  app::Services services(storage, settings, clock);
  const demo::MakingOptions options{.width = width, .height = width * 2 / 3, .told = [&](int done, int all) {
                                      if (console.typed)
                                        console.err << "\rPainting pictures: " << done << " of " << all
                                                    << (done == all ? ".\n" : "") << std::flush;
                                    }};
  return demo::make({storage.database(), clock, services.people, services.circles, services.viewers,
                     services.photos, services.stories, services.guest_links},
                    options);
}

std::string told(const demo::Made& made, const Settings& settings) {
  std::ostringstream out;
  out << "A demo: " << made.people.size() << " people, " << made.stories << " stories and " << made.photos
      << " pictures. All of it is invented, and the pictures were painted by the program.\n\nSign in at "
      << settings.origin() << "/sign-in as one of\n\n";
  for (const demo::MadePerson& person : made.people)
    out << "  " << std::left << std::setw(8) << person.member.name << "  " << std::setw(34) << person.password
        << "  " << person.member.display_name << ": " << person.member.about << '\n';
  out << "\nor open a guest link in a private window:\n\n";
  for (const demo::MadeLink& link : made.links) {
    out << "  " << link.name << " reads \"" << link.tale << "\": " << settings.origin() << "/guest/"
        << link.secret << '\n';
    if (!link.passphrase.empty()) out << "    passphrase: " << link.passphrase << '\n';
  }
  return out.str();
}

// For the second start: who made it may have closed the window.
void keep(const std::string& text, const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file) throw_errno("demo.txt");
  write_at(file, 0, as_byte_view(text));
}

}  // namespace

int make_demo(const DemoToMake& wanted, const LoadedSettings& loaded, Console& console) {
  const Settings& settings = loaded.settings;
  const std::string text = told(make(wanted.width, settings, console), settings);
  keep(text, settings.data / "demo.txt");
  ControlClient::tell(settings.data);
  console.out << text << "\nThis stands in " << (settings.data / "demo.txt").string()
              << " too. Never put anything real in this directory.\n";
  return 0;
}

}  // namespace keepsake::cli

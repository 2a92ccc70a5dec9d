// Tells whoever runs the instance what is in force and what is wrong, and changes nothing.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iomanip>
#include <ostream>

#include "app/control.h"
#include "app/version.h"
#include "app/versions.h"
#include "blobs/instance_key.h"
#include "cli/commands.h"
#include "db/open.h"
#include "person/setup.h"

namespace keepsake::cli {
namespace {

namespace fs = std::filesystem;

// Prints a line for each thing looked at and remembers whether one was wrong.
class Findings {
 public:
  explicit Findings(std::ostream& out) : out_(out) {}
  void good(const std::string& what) { out_ << "  ok       " << what << '\n'; }
  void note(const std::string& what) { out_ << "  note     " << what << '\n'; }
  void wrong(const std::string& what) {
    out_ << "  problem  " << what << '\n';
    ++problems_;
  }
  int problems() const { return problems_; }

 private:
  std::ostream& out_;
  int problems_ = 0;
};

std::string source_of(const LoadedSettings& loaded, const SettingRow& row) {
  const auto found = loaded.sources.find(row.key);
  if (found == loaded.sources.end()) return "standard";
  switch (found->second) {
    case SettingSource::standard:
      return "standard";
    case SettingSource::file:
      return loaded.file->filename().string();
    case SettingSource::environment:
      return row.environment();
    case SettingSource::flag:
      return row.flag();
  }
  return {};
}

void print_settings(const LoadedSettings& loaded, std::ostream& out) {
  out << "Settings in force\n";
  for (const SettingRow& row : setting_rows()) {
    const std::string value = row.show(loaded.settings);
    out << "  " << std::left << std::setw(18) << row.key << std::setw(36) << (value.empty() ? "-" : value)
        << "  (" << source_of(loaded, row) << ")\n";
  }
}

void print_versions(std::ostream& out) {
  out << "Versions\n  " << std::left << std::setw(18) << "keepsake" << app::version << '\n';
  for (const LibraryVersion& library : app::library_versions())
    out << "  " << std::setw(18) << library.name << library.version << '\n';
}

// Whether it is there; a finding if others than the owner may read it or somebody else owns it.
bool check_private(const fs::path& path, const std::string& name, Findings& findings) {
  struct stat state{};
  if (::stat(path.c_str(), &state) != 0) return false;
  if (state.st_mode & 077)
    findings.wrong(name + " can be read by others than its owner: chmod go-rwx " + path.string());
  else if (state.st_uid != ::geteuid() && ::geteuid() != 0)
    findings.wrong(name + " belongs to another user of this machine: " + path.string());
  else
    findings.good(name + " is its owner's alone");
  return true;
}

// A file of settings that root keeps may be read by a group, the service's: it changes none of them then.
void check_settings_file(const fs::path& path, Findings& findings) {
  struct stat state{};
  if (::stat(path.c_str(), &state) == 0 && state.st_uid == 0 && (state.st_mode & 0777) == 0640)
    findings.good("The file of settings is root's, for one group to read");
  else
    check_private(path, "The file of settings", findings);
}

void check_key(const Settings& settings, Findings& findings) {
  const fs::path folder = settings.data / "keys";
  if (!check_private(folder / "instance.key", "The instance key", findings)) {
    findings.wrong("There is no instance key: without the right one no photo can be read.");
    return;
  }
  try {
    blobs::InstanceKey::open_or_create(folder);
    findings.good("The instance key is whole");
  } catch (const std::exception& fault) {
    findings.wrong(std::string("The instance key: ") + fault.what());
  }
}

void check_disk(const Settings& settings, Findings& findings) {
  const auto space = fs::space(settings.data);
  const std::string free = std::to_string(space.available >> 20) + " MiB are free";
  if (static_cast<std::int64_t>(space.available) < settings.disk_floor)
    findings.wrong(free + ", less than disk_floor: uploads are refused");
  else
    findings.good(free);
}

void check_persons(db::Database& database, Findings& findings) {
  const bool needed = database.read([](db::Reader& reader) { return Setup::needed(reader); });
  const bool confirmed = database.read([](db::Reader& reader) { return Setup::phrase_confirmed(reader); });
  if (needed) findings.note("There is no host yet: serve prints a link that makes one");
  if (!needed && !confirmed)
    findings.note("Nobody has confirmed that the recovery phrase of the instance key is written down");
}

std::unique_ptr<db::Database> open_database(const Settings& settings) {
  return settings.database.empty() ? db::open_sqlite(settings.data / "keepsake.db")
                                   : db::open_postgres(settings.database);
}

void check_database(const Settings& settings, Findings& findings) try {
  if (settings.database.empty() && !check_private(settings.data / "keepsake.db", "The database", findings)) {
    findings.note("There is no database yet: the first serve makes it");
    return;
  }
  const auto database = open_database(settings);
  const db::SchemaState schema = db::schema_state(*database);
  if (schema.pending > 0) {
    findings.note(std::to_string(schema.pending) + " migrations run at the next start; the schema is at " +
                  (schema.newest.empty() ? "nothing" : schema.newest));
    return;
  }
  findings.good("The schema is at " + schema.newest);
  check_persons(*database, findings);
} catch (const db::Error& fault) {
  findings.wrong(std::string("The database: ") + fault.what());
}

void check_reach(const LoadedSettings& loaded, Findings& findings) {
  const Settings& settings = loaded.settings;
  for (const std::string& warning : loaded.warnings) findings.wrong(warning);
  if (loaded.file) check_settings_file(*loaded.file, findings);
  if (settings.public_address.empty())
    findings.note("public_address is not set: links begin with " + settings.origin());
  if (ControlClient::tell(settings.data) == Told::told)
    findings.good("A server is running");
  else
    findings.note("No server is running");
}

void check_directory(const LoadedSettings& loaded, Findings& findings) {
  if (!check_private(loaded.settings.data, "The data directory", findings)) {
    findings.note("There is no data directory yet: the first serve makes it");
    return;
  }
  check_key(loaded.settings, findings);
  check_disk(loaded.settings, findings);
  check_database(loaded.settings, findings);
  check_reach(loaded, findings);
}

}  // namespace

int doctor(const LoadedSettings& loaded, Console& console) {
  print_settings(loaded, console.out);
  print_versions(console.out);
  console.out << "Findings\n";
  Findings findings(console.out);
  check_directory(loaded, findings);
  if (findings.problems() == 0) return 0;
  console.err << "keepsake: " << findings.problems() << (findings.problems() == 1 ? " problem" : " problems")
              << " found.\n";
  return 1;
}

}  // namespace keepsake::cli

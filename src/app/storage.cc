#include "app/storage.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "db/open.h"

namespace keepsake::app {
namespace {

std::filesystem::path make_private(const std::filesystem::path& directory) {
  if (directory.has_parent_path()) std::filesystem::create_directories(directory.parent_path());
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    throw std::system_error(errno, std::generic_category(), "cannot make " + directory.string());
  }
  return directory;
}

std::unique_ptr<db::Database> open_database(const Settings& settings) {
  auto database = settings.database.empty() ? db::open_sqlite(settings.data / "keepsake.db")
                                            : db::open_postgres(settings.database);
  db::migrate(*database, make_private(settings.data / "snapshots"));
  return database;
}

}  // namespace

Storage::Storage(const Settings& settings)
    : data_(make_private(settings.data)),
      key_(blobs::InstanceKey::open_or_create(make_private(data_ / "keys"))),
      database_(open_database(settings)),
      blobs_(blobs::open_file_store(make_private(data_ / "blobs"), make_private(data_ / "tmp"), key_)) {}

}  // namespace keepsake::app

#include "app/storage.h"

#include <stdexcept>

#include "app/instance_store.h"
#include "base/file.h"
#include "db/open.h"

namespace keepsake::app {
namespace {

std::filesystem::path make_private(const std::filesystem::path& directory) {
  make_folders_durably(directory);
  return directory;
}

std::unique_ptr<db::Database> open_database(const Settings& settings) {
  auto database = settings.database.empty() ? db::open_sqlite(settings.data / "keepsake.db")
                                            : db::open_postgres(settings.database);
  db::migrate(*database, make_private(settings.data / "snapshots"));
  return database;
}

// The key that the database was written under. Making a new one beside an old database would leave every
// photo unreadable and new ones beside them, so that is refused.
blobs::InstanceKey open_key(db::Database& database, const std::filesystem::path& directory) {
  const auto wanted =
      database.read([](db::Reader& reader) { return instance_store::key_fingerprint(reader); });
  if (wanted && !blobs::InstanceKey::try_open(directory)) {
    throw std::runtime_error(
        "The instance key is missing from keys/. Put that folder back from a backup, or type the recovery "
        "phrase: "
        "keepsake key restore");
  }
  auto key = blobs::InstanceKey::open_or_create(directory);
  if (!wanted) {
    database.write([&](db::Tx& tx) { instance_store::keep_key_fingerprint(tx, key.fingerprint()); });
  } else if (*wanted != key.fingerprint()) {
    throw std::runtime_error(
        "The key in keys/ is not the one this database was written under. Put the right folder back from a "
        "backup.");
  }
  return key;
}

}  // namespace

Storage::Storage(const Settings& settings)
    : data_(make_private(settings.data)),
      database_(open_database(settings)),
      key_(open_key(*database_, make_private(data_ / "keys"))),
      blobs_(blobs::open_file_store(make_private(data_ / "blobs"), make_private(data_ / "tmp"), key_)) {}

}  // namespace keepsake::app

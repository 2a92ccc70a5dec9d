#include "app/storage.h"

#include <stdexcept>

#include "app/instance_store.h"
#include "base/file.h"
#include "db/open.h"

namespace keepsake::app {
namespace {

// A change of tables takes as long as they are large.
constexpr std::chrono::hours migration_patience{24};

std::filesystem::path make_private(const std::filesystem::path& directory) {
  make_folders_durably(directory);
  return directory;
}

std::unique_ptr<db::Database> open_database(const Settings& settings) {
  const auto snapshots = make_private(settings.data / "snapshots");
  if (settings.database.empty()) {
    auto database = db::open_sqlite(settings.data / "keepsake.db");
    db::migrate(*database, snapshots);
    return database;
  }
  auto database = db::open_postgres(settings.database);
  if (db::schema_state(*database).pending > 0)
    db::migrate(*db::open_postgres(settings.database, {.patience = migration_patience}), snapshots);
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
  }
  // Asked for anew: of two servers that started for the first time at once, one was first.
  const auto kept = database.read([](db::Reader& reader) { return instance_store::key_fingerprint(reader); });
  if (kept != key.fingerprint()) {
    throw std::runtime_error(
        "The key in keys/ is not the one this database was written under. Put the right folder back from a "
        "backup.");
  }
  return key;
}

// A folder that several servers share has room for what is unfinished as well: a file moves within one file
// system only.
std::unique_ptr<blobs::BlobStore> open_blobs(const Settings& settings, const blobs::InstanceKey& key) {
  if (settings.blobs.empty())
    return blobs::open_file_store(make_private(settings.data / "blobs"), make_private(settings.data / "tmp"),
                                  key);
  return blobs::open_file_store(make_private(settings.blobs), make_private(settings.blobs / "unfinished"),
                                key);
}

}  // namespace

Storage::Storage(const Settings& settings)
    : data_(make_private(settings.data)),
      database_(open_database(settings)),
      key_(open_key(*database_, make_private(data_ / "keys"))),
      blobs_(open_blobs(settings, key_)) {
  make_private(temporary());
}

}  // namespace keepsake::app

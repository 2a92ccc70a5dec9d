#pragma once
// The first step of putting the house together: what lies on disk, opened and brought up to date.
#include <filesystem>
#include <memory>

#include "base/settings.h"
#include "blobs/blob_store.h"
#include "blobs/instance_key.h"
#include "db/database.h"

namespace keepsake::app {

class Storage {
 public:
  // Makes DIR (mode 0700) and what is missing in it, opens the database and runs pending migrations. Throws
  // with a sentence for whoever runs the instance.
  explicit Storage(const Settings& settings);

  db::Database& database() { return *database_; }
  blobs::BlobStore& blobs() { return *blobs_; }
  const blobs::InstanceKey& key() const { return key_; }
  // Where snapshots before migrations lie.
  std::filesystem::path snapshots() const { return data_ / "snapshots"; }
  std::filesystem::path temporary() const { return data_ / "tmp"; }

 private:
  std::filesystem::path data_;
  std::unique_ptr<db::Database> database_;
  blobs::InstanceKey key_;
  std::unique_ptr<blobs::BlobStore> blobs_;
};

}  // namespace keepsake::app

#include "app/instance_store.h"

namespace keepsake::app::instance_store {

std::optional<std::string> key_fingerprint(db::Reader& reader) {
  return reader.maybe("SELECT key_fingerprint FROM instance WHERE id = 1",
                      [](const db::Row& row) { return row.text(0); });
}

void keep_key_fingerprint(db::Tx& tx, std::string_view fingerprint) {
  tx.execute("INSERT INTO instance (id, key_fingerprint) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
             fingerprint);
}

}  // namespace keepsake::app::instance_store

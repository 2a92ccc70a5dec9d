#include "upkeep/mirror_store.h"

namespace keepsake::mirror_store {

std::optional<std::string> place(db::Reader& reader) {
  return reader.maybe("SELECT place FROM mirror", [](const db::Row& row) { return row.text(0); });
}

void keep_place(db::Tx& tx, const std::string& place) {
  tx.execute(
      "INSERT INTO mirror (id, place) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET place = excluded.place",
      place);
}

void forget_place(db::Tx& tx) {
  tx.execute("DELETE FROM mirror");
}

}  // namespace keepsake::mirror_store

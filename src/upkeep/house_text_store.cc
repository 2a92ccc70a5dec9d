#include "upkeep/house_text_store.h"

namespace keepsake::house_text_store {

std::optional<OwnText> find(db::Reader& reader, HouseText kind) {
  return reader.maybe(
      "SELECT lang, body, changed FROM house_text WHERE kind = $1",
      [](const db::Row& row) { return OwnText{row.text(0), row.text(1), row.time(2)}; },
      static_cast<std::int64_t>(kind));
}

void put(db::Tx& tx, HouseText kind, const OwnText& text) {
  tx.execute(
      "INSERT INTO house_text (kind, lang, body, changed) VALUES ($1, $2, $3, $4) ON CONFLICT (kind) DO "
      "UPDATE SET lang = excluded.lang, body = excluded.body, changed = excluded.changed",
      static_cast<std::int64_t>(kind), text.lang, text.body, text.changed);
}

void remove(db::Tx& tx, HouseText kind) {
  tx.execute("DELETE FROM house_text WHERE kind = $1", static_cast<std::int64_t>(kind));
}

}  // namespace keepsake::house_text_store

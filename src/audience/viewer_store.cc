#include "audience/viewer_store.h"

namespace keepsake::viewer_store {

std::vector<Key> circles_of(db::Reader& reader, PersonId person, std::size_t most) {
  return reader.all(
      "SELECT circle FROM circle_member WHERE person = $1 ORDER BY joined, circle LIMIT $2",
      [](const db::Row& row) { return Key::circle(row.id<CircleId>(0)); }, person, most);
}

std::vector<LinkKey> links_of(db::Reader& reader, const Digest& pass, Time now) {
  return reader.all(
      R"(SELECT l.id, l.expires, p.expires FROM guest_pass p
           JOIN guest_pass_link o ON o.pass = p.id
           JOIN guest_link l ON l.id = o.link
         WHERE p.hash = $1 AND p.expires > $2 AND l.revoked IS NULL AND (l.expires IS NULL OR l.expires > $2))",
      [](const db::Row& row) {
        return LinkKey{Key::link(row.id<LinkId>(0)), row.maybe_time(1), row.time(2)};
      },
      ByteView(pass), now);
}

}  // namespace keepsake::viewer_store

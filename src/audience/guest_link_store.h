#pragma once
// The rows of guest links and of the passes they open.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/guest_links.h"
#include "base/hash.h"
#include "db/database.h"

namespace keepsake::guest_link_store {

struct NewRow {
  PublicId id;
  ItemId item;
  std::string name;
  Digest hash;
  std::optional<PasswordHash> passphrase;
  std::optional<Time> expires;
};
// A link that is neither revoked nor expired and stands among its story's grants.
struct Live {
  LinkId link;
  ItemId item;
  std::string name;
  std::string author;  // display name
  std::optional<PasswordHash> passphrase;
};
struct Pass {
  std::int64_t row = 0;
  Time expires;
};

LinkId insert(db::Tx& tx, const NewRow& link, Time now);
std::optional<Live> live(db::Reader& reader, const Digest& hash, Time now);
std::vector<GuestLink> of_item(db::Reader& reader, PersonId author, ItemId item, Time now);
std::vector<AuthorsLink> of_author(db::Reader& reader, PersonId author, int limit, Time now);
std::int64_t count(db::Reader& reader, ItemId item);
bool is_author(db::Reader& reader, PersonId person, ItemId item);
// The link that was revoked now with the item it reads, if it is the author's and was not before.
std::optional<std::pair<LinkId, ItemId>> revoke(db::Tx& tx, PersonId author, const PublicId& link, Time now);

std::optional<LinkId> row_of(db::Reader& reader, ItemId item, const PublicId& link);
std::optional<PublicId> public_id(db::Reader& reader, LinkId link);

std::optional<Pass> pass(db::Reader& reader, const Digest& hash, Time now);
std::int64_t insert_pass(db::Tx& tx, const Digest& hash, Time now, Time expires);
void renew_pass(db::Tx& tx, std::int64_t pass, const Digest& hash, Time expires);
// Adds the link; of more than `most` the ones opened longest ago go.
void put_link(db::Tx& tx, std::int64_t pass, LinkId link, Time now, int most);

// At most `most` passes that ended and as many links that were revoked before `before`; returns how many.
std::int64_t sweep(db::Tx& tx, Time now, Time before, int most);

}  // namespace keepsake::guest_link_store

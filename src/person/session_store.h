#pragma once
// The SQL of sessions.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "person/sessions.h"

namespace keepsake::session_store {

struct NewSession {
  PublicId public_id;
  PersonId person;
  Digest hash;
  std::string_view label;
  Time created, expires;
  DeviceId device;
};

void add(db::Tx& tx, const NewSession& session);
std::optional<SessionInfo> find(db::Reader& reader, const Digest& hash, Time now);
std::vector<SessionListed> list(db::Reader& reader, PersonId person, Time now);
// Prolongs to `expires`, but never past `created` + `in_all`.
void touch(db::Tx& tx, SessionId id, Time now);
bool remove(db::Tx& tx, PersonId person, const PublicId& session);
void remove(db::Tx& tx, const Digest& hash);
std::int64_t remove_all(db::Tx& tx, PersonId person, const std::optional<PublicId>& keep = {});
void remove_expired(db::Tx& tx, Time now);

}  // namespace keepsake::session_store

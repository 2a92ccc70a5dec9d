#pragma once
// The SQL of the devices on which persons signed in before.
#include <optional>
#include <string_view>

#include "base/hash.h"
#include "db/database.h"
#include "person/sessions.h"

namespace keepsake::device_store {

struct NewDevice {
  PersonId person;
  Digest hash;
  std::string_view label;
  Time now;
};

std::optional<DeviceId> find(db::Reader& reader, PersonId person, const Digest& hash);
std::optional<DeviceId> find(db::Reader& reader, std::string_view name, const Digest& hash);
DeviceId add(db::Tx& tx, const NewDevice& device);
bool has_any(db::Reader& reader, PersonId person);
// The same device under another secret, for everybody who signed in on it.
void rename(db::Tx& tx, const Digest& from, const Digest& to);
void touch(db::Tx& tx, DeviceId device, std::string_view label, Time now);
// All of the person's devices up to now have been shown on that of the session.
void notice(db::Tx& tx, PersonId person, const PublicId& session);
// Forgets all of the person's but so many: those with a session stay first, the longest known before others,
// so that whoever comes in again and again displaces nobody; of the rest those of the latest use.
void keep(db::Tx& tx, PersonId person, int count);
void remove_of_session(db::Tx& tx, PersonId person, const PublicId& session);
// All of the person's on which no session is left.
void remove_without_session(db::Tx& tx, PersonId person);
void remove_unused(db::Tx& tx, Time before);

}  // namespace keepsake::device_store

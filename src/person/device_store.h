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
// What is new elsewhere up to now has been shown on the session's device.
void notice(db::Tx& tx, PersonId person, const PublicId& session, Time now);
void keep_newest(db::Tx& tx, PersonId person, int count);
void remove_of_session(db::Tx& tx, PersonId person, const PublicId& session);
// All of the person's on which no session is left.
void remove_without_session(db::Tx& tx, PersonId person);
void remove_unused(db::Tx& tx, Time before);

}  // namespace keepsake::device_store

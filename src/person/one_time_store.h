#pragma once
// The SQL of secrets that work once: setup and recovery links, recovery codes.
#include <cstdint>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "db/database.h"

namespace keepsake::one_time_store {

enum class LinkKind : std::int64_t { setup = 0, recovery = 1 };

struct Link {
  std::optional<PersonId> person;
};

void add_link(db::Tx& tx, LinkKind kind, const Digest& hash, std::optional<PersonId> person, Time created,
              std::optional<Time> expires);
std::optional<Link> find_link(db::Reader& reader, LinkKind kind, const Digest& hash, Time now);
void remove_links(db::Tx& tx, LinkKind kind);
void remove_recovery_links(db::Tx& tx, PersonId person);
void keep_newest(db::Tx& tx, LinkKind kind, int count);

void replace_codes(db::Tx& tx, PersonId person, const std::vector<Digest>& hashes);
int codes_left(db::Reader& reader, PersonId person);
// Whose code it is, if the person of that name has it and may sign in.
std::optional<PersonId> find_code(db::Reader& reader, std::string_view name, const Digest& hash);
// Whether it was still there.
bool use_code(db::Tx& tx, PersonId person, const Digest& hash);

bool phrase_confirmed(db::Reader& reader);
void confirm_phrase(db::Tx& tx, Time now);

}  // namespace keepsake::one_time_store

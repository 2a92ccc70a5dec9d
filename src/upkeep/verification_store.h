#pragma once
// The SQL of verifications: the last result, and the server's round that is under way.
#include <optional>

#include "db/database.h"
#include "upkeep/verification.h"

namespace keepsake::verification_store {

std::optional<VerifyResult> last(db::Reader& reader);
void keep_last(db::Tx& tx, const VerifyResult& result);

// A round under way: `sum.ended` says nothing yet.
struct Round {
  std::int64_t place = 0;  // the last row that was looked at
  VerifyResult sum = {};
};
std::optional<Round> round(db::Reader& reader);
// Whether a server holds it at `now`.
bool is_held(db::Reader& reader, Time now);
// Writes it down, held until `leased`.
void keep_round(db::Tx& tx, const Round& round, Time leased);
void end_round(db::Tx& tx);

}  // namespace keepsake::verification_store

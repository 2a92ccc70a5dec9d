#pragma once
#include <map>
#include <string>
#include <vector>

#include "db/database.h"
#include "upkeep/helplines.h"

namespace keepsake::helpline_store {

// Another number after every change.
std::int64_t version(db::Reader& reader);

Helplines::Owns owns(db::Reader& reader);
// Takes the place of what is known of the line; with neither record nor hiding nothing is.
void put(db::Tx& tx, std::string_view line, const Helplines::Own& own);

void append(db::Tx& tx, const HelplineChange& change);
// The newest first; "": of all lines.
std::vector<HelplineChange> trail(db::Reader& reader, std::string_view line, int most);
// Leaves the newest.
void cut_trail(db::Tx& tx, int most);

// One more, unless there are `most`.
void count(db::Tx& tx, std::string_view line, std::chrono::sys_days day, Trouble trouble, std::int64_t most);
std::map<std::string, TroubleCounts, std::less<>> counts(db::Reader& reader, std::chrono::sys_days since);
void forget_before(db::Tx& tx, std::chrono::sys_days day);

}  // namespace keepsake::helpline_store

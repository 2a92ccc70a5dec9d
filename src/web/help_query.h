#pragma once
// What an address below /help asks for: ?country=, ?topic= (any number), ?q=.
#include <string>
#include <string_view>

#include "base/result.h"
#include "web/help_view.h"
#include "web/respond.h"

namespace keepsake::web {

// A country, or "XX".
bool can_be_chosen(std::string_view country);

// What no page of ours would ask for is refused, so that a mistyped country is not taken for none; other
// parameters are left alone. `country` stays empty where none is named.
Result<HelpAsked> read_help_query(std::string_view query, const Respond& respond);
// The address of the page that shows this: "/help?country=NZ&topic=illness"; without what is empty.
std::string help_address(const HelpAsked& asked);

}  // namespace keepsake::web

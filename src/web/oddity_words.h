#pragma once
// What is odd about a helpline's record, in the language spoken now.
#include <string>
#include <string_view>

#include "html/languages.h"
#include "html/words.h"

namespace keepsake::web {

// helpline/oddities.h says it in English, with a number or an address in it; the catalogues have the same
// sentences with {what} and {more} in their places. One that they do not have stays as it is.
std::string oddity_said(const html::Languages& languages, const html::Words& words,
                        std::string_view sentence);

}  // namespace keepsake::web

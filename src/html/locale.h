#pragma once
// ICU's locale of one of our languages; for html/*.cc that speak to ICU.
#include <unicode/locid.h>

#include <string_view>

namespace keepsake::html {

// English is that of the world, not of one country: "22 November 2026", "A, B and C". Arabic has the digits
// that belong to its letters, which not every version of ICU would choose. Unknown tags give the root locale.
icu::Locale locale_of(std::string_view language);

}  // namespace keepsake::html

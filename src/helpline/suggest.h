#pragma once
// Which topics a text seems to be about, so that its author can be asked whether help for them would be
// right.
#include <string_view>

#include "helpline/topic.h"

namespace keepsake {

// By lists of words in English, German, Spanish, French and Arabic; `language` (BCP 47) says which one is
// read, and nothing is found in any other language. Looks at words and not at meaning: it is for the author's
// eyes, who decides. Takes any bytes; the time is linear to their number.
Topics suggest(std::string_view text, std::string_view language);

}  // namespace keepsake

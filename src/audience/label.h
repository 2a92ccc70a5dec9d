#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace keepsake {

// A name that an author gives to a circle or a guest link: trimmed; refused as invalid (field "name") if
// empty, longer than 100 code points or not one line of clean text. `what` begins the sentence: "A circle".
Result<std::string> new_label(std::string_view typed, std::string_view what);

}  // namespace keepsake

#pragma once
#include <string_view>

namespace keepsake::html {

// "rtl" for languages of right-to-left scripts (BCP 47 tags), "ltr" for all others.
std::string_view direction_of(std::string_view language);

}  // namespace keepsake::html

#pragma once
#include <string_view>

namespace keepsake {

// Whether ISO 3166-1 gave these two capital letters to a country.
bool is_country(std::string_view code);

}  // namespace keepsake

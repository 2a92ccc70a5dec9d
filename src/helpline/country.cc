#include "helpline/country.h"

#include <unicode/uloc.h>

#include <algorithm>

namespace keepsake {

bool is_country(std::string_view code) {
  // A sorted list that lives as long as the program and ends with null.
  static const char* const* const first = uloc_getISOCountries();
  static const char* const* const last = std::find(first, first + 1'000, nullptr);
  return code.size() == 2 && std::ranges::binary_search(first, last, code, {}, [](const char* each) {
           return std::string_view(each);
         });
}

}  // namespace keepsake

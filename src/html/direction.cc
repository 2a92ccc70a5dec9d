#include "html/direction.h"

#include <algorithm>
#include <array>

namespace keepsake::html {

std::string_view direction_of(std::string_view language) {
  constexpr std::array<std::string_view, 10> right_to_left = {"ar", "ckb", "dv", "fa", "he",
                                                              "ps", "sd",  "ug", "ur", "yi"};
  const std::string_view primary = language.substr(0, language.find('-'));
  const bool right = std::find(right_to_left.begin(), right_to_left.end(), primary) != right_to_left.end();
  return right ? "rtl" : "ltr";
}

}  // namespace keepsake::html

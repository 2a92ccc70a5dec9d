#pragma once
#include <string_view>

namespace keepsake::app {

// As CMakeLists.txt says.
inline constexpr std::string_view version = KEEPSAKE_VERSION;

}  // namespace keepsake::app

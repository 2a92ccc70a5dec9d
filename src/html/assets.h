#pragma once
// The files below assets/, served under /assets/.
#include <optional>
#include <string>
#include <string_view>

namespace keepsake::html {

struct Asset {
  std::string_view content;  // lives as long as the program
  std::string_view media_type;
  std::string hash;  // of the content: 16 hexadecimal digits
};

// `name` is the path below assets/ ("keepsake.css"). Cheap: hashes are made once.
const Asset* find_asset(std::string_view name);
// "/assets/keepsake.css?v=0123456789abcdef": may be kept for ever by whoever asked for it.
std::optional<std::string> asset_address(std::string_view name);

}  // namespace keepsake::html

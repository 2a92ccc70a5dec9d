#include "html/assets.h"

#include <array>
#include <map>
#include <utility>

#include "base/embedded.h"
#include "base/hash.h"

namespace keepsake::html {
namespace {

constexpr std::string_view folder = "assets/";

std::string_view media_type_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types = {{
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  for (const auto& [ending, type] : types) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::map<std::string, Asset, std::less<>> read_assets() {
  std::map<std::string, Asset, std::less<>> assets;
  for (const EmbeddedFile& file : embedded_files(folder)) {
    const std::string_view name = file.name.substr(folder.size());
    if (name.starts_with('.')) continue;
    const Digest digest = sha256(file.content);
    assets.emplace(name, Asset{file.content, media_type_of(name), hex(digest).substr(0, 16)});
  }
  return assets;
}

}  // namespace

const Asset* find_asset(std::string_view name) {
  static const auto assets = read_assets();
  const auto found = assets.find(name);
  return found == assets.end() ? nullptr : &found->second;
}

std::optional<std::string> asset_address(std::string_view name) {
  const Asset* asset = find_asset(name);
  if (!asset) return std::nullopt;
  return "/assets/" + std::string(name) + "?v=" + asset->hash;
}

}  // namespace keepsake::html

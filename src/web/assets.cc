#include "web/assets.h"

#include <map>
#include <string>

#include "base/embedded.h"
#include "html/assets.h"
#include "http/encoding.h"
#include "web/respond.h"

namespace keepsake::web {
namespace {

constexpr std::string_view folder = "assets/";

std::shared_ptr<const http::Response> make(const html::Asset& asset, http::Coding coding, bool for_ever) {
  auto response = std::make_shared<http::Response>();
  http::Headers& headers = response->headers;
  headers.add("Content-Type", asset.media_type);
  headers.add("ETag", "\"" + asset.hash + "-" + std::string(http::coding_name(coding)) + "\"");
  headers.add("Cache-Control", for_ever ? "public, max-age=31536000, immutable" : "public, no-cache");
  headers.add("Vary", "Accept-Encoding");
  if (coding != http::Coding::identity) headers.add("Content-Encoding", http::coding_name(coding));
  add_shield_headers(headers);
  response->body = std::make_shared<const std::string>(http::encode(asset.content, coding));
  return response;
}

std::string key_of(std::string_view name, http::Coding coding, bool for_ever) {
  return std::string(name) + (for_ever ? "?v " : " ") + std::string(http::coding_name(coding));
}

using Responses = std::map<std::string, std::shared_ptr<const http::Response>, std::less<>>;

Responses make_all() {
  Responses all;
  for (const EmbeddedFile& file : embedded_files(folder)) {
    const std::string_view name = file.name.substr(folder.size());
    const html::Asset* asset = html::find_asset(name);
    if (!asset) continue;
    for (const auto coding : {http::Coding::identity, http::Coding::gzip, http::Coding::brotli}) {
      for (const bool for_ever : {false, true}) {
        all.emplace(key_of(name, coding, for_ever), make(*asset, coding, for_ever));
      }
    }
  }
  return all;
}

}  // namespace

std::shared_ptr<const http::Response> find_asset_response(const http::RequestHead& request) {
  static const Responses all = make_all();
  const std::string_view name = request.path.substr(folder.size() + 1);
  const html::Asset* asset = html::find_asset(name);
  const bool for_ever = asset && request.query == "v=" + asset->hash;
  const auto found = all.find(key_of(name, http::best_coding(request.headers), for_ever));
  return found == all.end() ? nullptr : found->second;
}

}  // namespace keepsake::web

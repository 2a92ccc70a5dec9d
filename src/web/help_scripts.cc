#include "web/help_scripts.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <stdexcept>

#include "html/assets.h"
#include "http/encoding.h"
#include "web/page_cache.h"
#include "web/respond.h"

namespace keepsake::web {
namespace {

// Where frontend/src/embed.ts wants what the block is called in every language: where the lines themselves
// cannot be had, nobody else can tell it.
constexpr std::string_view heading_place = "\"@headings@\"";

std::string_view content_of(std::string_view name) {
  const html::Asset* asset = html::find_asset(name);
  if (!asset) throw std::logic_error("a script is missing: " + std::string(name));
  return asset->content;
}

std::string embed_script(const html::Languages& languages) {
  boost::json::object headings;
  for (const std::string_view tag : languages.tags()) headings[tag] = languages.find(tag)->say("text_help");
  std::string script(content_of("embed.js"));
  const std::size_t place = script.find(heading_place);
  if (place == script.npos) throw std::logic_error("embed.js has no place for what the block is called");
  return script.replace(place, heading_place.size(), boost::json::serialize(headings));
}

using Responses = std::map<std::string, std::shared_ptr<const http::Response>, std::less<>>;

std::string key_of(std::string_view path, http::Coding coding) {
  return std::string(path) + " " + std::string(http::coding_name(coding));
}

std::shared_ptr<http::Response> make(std::string_view content, http::Coding coding) {
  auto response = std::make_shared<http::Response>();
  std::string body = http::encode(content, coding);
  http::Headers& headers = response->headers;
  headers.add("Content-Type", "text/javascript; charset=utf-8");
  headers.add("ETag", etag_of(body, coding));
  headers.add("Vary", "Accept-Encoding");
  if (coding != http::Coding::identity) headers.add("Content-Encoding", http::coding_name(coding));
  add_shield_headers(headers);
  response->body = std::make_shared<const std::string>(std::move(body));
  return response;
}

Responses make_all(const html::Languages& languages) {
  const std::string embed = embed_script(languages);
  Responses all;
  for (const auto coding : {http::Coding::identity, http::Coding::gzip, http::Coding::brotli}) {
    const auto script = make(embed, coding);
    open_to_all_origins(script->headers);
    script->headers.add("Cache-Control", "public, max-age=3600");
    all.emplace(key_of("/help/embed.js", coding), script);
    const auto worker = make(content_of("worker.js"), coding);
    worker->headers.add("Service-Worker-Allowed", "/help");
    worker->headers.add("Cache-Control", "public, no-cache");
    all.emplace(key_of("/help/worker.js", coding), worker);
  }
  return all;
}

}  // namespace

std::shared_ptr<const http::Response> find_help_script(const http::RequestHead& request,
                                                       const html::Languages& languages) {
  static const Responses all = make_all(languages);
  const auto found = all.find(key_of(request.path, http::best_coding(request.headers)));
  return found == all.end() ? nullptr : found->second;
}

}  // namespace keepsake::web

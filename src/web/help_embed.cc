#include "web/help_embed.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/hash.h"
#include "helpline/country.h"
#include "html/assets.h"
#include "http/accept.h"
#include "http/url.h"
#include "web/help_country.h"
#include "web/speaking.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

constexpr std::string_view script_path = "/help/embed.js", lines_path = "/help/embed";
constexpr std::string_view script_asset = "embed.js";

// Whoever reads the article may fetch it, and nobody's cookies come along (Fetch, CORS protocol).
void add_open_headers(http::Headers& headers) {
  headers.add("Access-Control-Allow-Origin", "*");
  headers.add("Cross-Origin-Resource-Policy", "cross-origin");
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Referrer-Policy", "no-referrer");
}

std::shared_ptr<http::Response> made(std::string_view type, std::string_view text, http::Coding coding,
                                     http::Effort effort, std::string_view life) {
  auto response = std::make_shared<http::Response>();
  http::Headers& headers = response->headers;
  headers.add("Content-Type", type);
  headers.add("ETag",
              "\"" + hex(sha256(text)).substr(0, 16) + "-" + std::string(http::coding_name(coding)) + "\"");
  headers.add("Cache-Control", life);
  if (coding != http::Coding::identity) headers.add("Content-Encoding", http::coding_name(coding));
  add_open_headers(headers);
  response->body = std::make_shared<const std::string>(http::encode(text, coding, effort));
  return response;
}

http::Response copy_of(const http::Response& kept) {
  http::Response copy;
  copy.headers = kept.headers;
  copy.body = std::get<http::SharedText>(kept.body);
  return copy;
}

// Made once for each coding, and as long-lived as the program.
std::shared_ptr<const http::Response> script_of(http::Coding coding) {
  const auto make = [](http::Coding each) {
    const html::Asset* const asset = html::find_asset(script_asset);
    auto response = made("text/javascript; charset=utf-8", asset ? asset->content : std::string_view(), each,
                         http::Effort::thorough, "public, max-age=3600");
    response->headers.add("Vary", "Accept-Encoding");
    return response;
  };
  static const std::shared_ptr<const http::Response> plain = make(http::Coding::identity),
                                                     gzip = make(http::Coding::gzip),
                                                     brotli = make(http::Coding::brotli);
  return coding == http::Coding::brotli ? brotli : coding == http::Coding::gzip ? gzip : plain;
}

Refusal no_country() {
  return {Refused::invalid, "A country is two capital letters, such as NZ.", "country"};
}
Refusal no_topic() {
  return {Refused::invalid, "This topic is not one that help can be found for.", "topic"};
}

}  // namespace

std::string HelpEmbed::Wanted::key() const {
  std::string key(lines_path);
  key.append("\n")
      .append(language)
      .append(" ")
      .append(asked.country)
      .append(" ")
      .append(http::coding_name(coding));
  asked.topics.each([&](Topic topic) { key.append(" ").append(word_of(topic)); });
  return key;
}

// Cookies are not looked at: the answer on somebody else's page is the same for all who ask alike.
Result<HelpEmbed::Wanted> HelpEmbed::wanted(const http::RequestHead& request) const {
  const auto query = http::parse_form(request.query);
  if (!query) return Refusal{Refused::malformed, respond_.say("error_400_sentence"), ""};
  const auto language = http::best_language(request.headers, uses_.languages.tags());
  Wanted wanted{.asked = {.country = country_asked_for(request.headers, uses_.country), .others = false},
                .language = std::string(language.value_or(uses_.languages.standard().language())),
                .coding = http::best_coding(request.headers)};
  for (const auto& [name, value] : *query) {
    if (name == "country" && !value.empty()) {
      if (!is_country(value) && value != anywhere) return no_country();
      wanted.asked.country = value;
    } else if (name == "topic" && !value.empty()) {
      const auto topic = parse_topic(value);
      if (!topic) return no_topic();
      wanted.asked.topics.add(*topic);
    } else if (name == "lang" && uses_.languages.find(value)) {
      wanted.language = value;
    }
  }
  return wanted;
}

std::shared_ptr<const http::Response> HelpEmbed::at_once(const http::RequestHead& request, Time now) const {
  if (request.path == script_path) return script_of(http::best_coding(request.headers));
  if (request.path != lines_path) return nullptr;
  const auto asked = wanted(request);
  return asked ? uses_.cache.find(asked->key(), now) : nullptr;
}

http::Response HelpEmbed::script(Ask& ask, const Anyone&) const {
  return copy_of(*script_of(http::best_coding(ask.request.headers)));
}

json::object HelpEmbed::block(const HelpShown& shown, Time now, Time& until) const {
  json::array groups, countries;
  for (const HelpGroup& group : shown.groups) {
    json::array lines;
    for (const Line* line : group.lines) {
      json::array ways;
      for (const Channel& channel : line->channels) {
        json::object way{
            {"say", uses_.view.way_said(channel)}, {"number", channel.number}, {"href", channel.address()}};
        if (!channel.vanity.empty()) way["letters"] = channel.vanity;
        ways.push_back(std::move(way));
      }
      json::object each{{"name", line->name}, {"ways", std::move(ways)}, {"dated", uses_.view.dated(*line)}};
      if (!line->languages.empty()) each["lang"] = line->languages.front();
      if (!line->who.empty()) each["who"] = line->who;
      if (const std::string check = uses_.view.please_check(*line, now); !check.empty())
        each["check"] = check;
      if (const auto status = uses_.view.status_of(*line, now)) {
        each["status"] = status->said;
        until = std::min(until, status->until);
      }
      lines.push_back(std::move(each));
    }
    groups.push_back(json::object{{"heading", group.heading}, {"lines", std::move(lines)}});
  }
  for (const auto& [name, code] : uses_.view.named(shown.directory->countries()))
    countries.push_back(json::array{code, name});
  const html::Words& words = respond_.words();
  json::object block{{"heading", respond_.say("text_help")},
                     {"lang", words.language()},
                     {"dir", words.direction()},
                     {"country", shown.country},
                     {"label", respond_.say("help_country")},
                     {"countries", std::move(countries)},
                     {"groups", std::move(groups)},
                     {"more", respond_.say("help_all_lines")}};
  if (const std::string unknown = uses_.view.unknown_said(shown); !unknown.empty())
    block["unknown"] = unknown;
  return block;
}

Result<http::Response> HelpEmbed::lines(Ask& ask, const Anyone&) const {
  const auto asked = wanted(ask.request);
  if (asked.refused()) return asked.refusal();
  Speaking::prefer(asked->language);
  const auto epoch = uses_.epoch.current();
  Time until = Time::max();
  const std::string text = json::serialize(block(uses_.view.find(asked->asked), ask.now, until));
  // Within the minute it may say of a line that it is still open.
  auto kept = made("application/json", text, asked->coding, http::Effort::thorough, "public, max-age=60");
  kept->headers.add("Vary", "Accept-Encoding, Accept-Language");
  kept->headers.add("Content-Language", asked->language);
  const std::size_t size = std::get<http::SharedText>(kept->body)->size();
  uses_.cache.put(asked->key(), kept, size, epoch, until);
  return copy_of(*kept);
}

}  // namespace keepsake::web

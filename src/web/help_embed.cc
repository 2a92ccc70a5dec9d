#include "web/help_embed.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "http/accept.h"
#include "http/encoding.h"
#include "http/url.h"
#include "web/help_country.h"
#include "web/help_query.h"
#include "web/help_scripts.h"
#include "web/help_words.h"
#include "web/speaking.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

// One key for all that is answered alike: the order of parameters, and those we do not know, make no other.
std::string key_of(const HelpAsked& help, std::string_view language, http::Coding coding) {
  std::string key = "/help/embed\n";
  key.append(language).append(" ").append(help.country).append(" ");
  help.topics.each([&](Topic topic) { key += static_cast<char>('a' + static_cast<int>(topic)); });
  return key.append(" ").append(http::coding_name(coding));
}

void set_if(json::object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object[name] = text;
}

}  // namespace

std::string_view HelpEmbed::language_of(const http::RequestHead& request) const {
  const html::Languages& languages = respond_.languages();
  const auto query = http::parse_form(request.query);
  const auto named = query ? http::find_field(*query, "lang") : std::nullopt;
  const auto wanted = named ? http::best_language(*named, languages.tags()) : std::nullopt;
  if (wanted) return *wanted;
  return http::best_language(request.headers, languages.tags()).value_or(languages.standard().language());
}

Result<HelpEmbed::Asked> HelpEmbed::asked(const http::RequestHead& request) const {
  auto help = read_help_query(request.query, respond_);
  if (help.refused()) return help.refusal();
  help->search.clear();
  help->others = false;
  if (help->country.empty()) help->country = country_by_language(request, uses_.country);
  const std::string_view language = language_of(request);
  std::string key = key_of(*help, language, http::best_coding(request.headers));
  return Asked{*std::move(help), language, std::move(key)};
}

std::shared_ptr<const http::Response> HelpEmbed::at_once(const http::RequestHead& request, Time now) const {
  if (request.path != "/help/embed") return find_help_script(request, respond_.languages());
  const auto wanted = asked(request);
  return wanted.refused() ? nullptr : uses_.cache.find(wanted->key, now);
}

http::Response HelpEmbed::script(Ask& ask, const Anyone&) const {
  return copy_of(*find_help_script(ask.request, respond_.languages()));
}

Result<http::Response> HelpEmbed::block(Ask& ask, const Anyone&) const {
  const auto wanted = asked(ask.request);
  if (wanted.refused()) return wanted.refusal();
  Speaking::prefer(wanted->language);
  const auto turn = uses_.flight.enter(wanted->key);
  const auto kept = turn.waited() ? uses_.cache.find(wanted->key, ask.now) : nullptr;
  return copy_of(kept ? *kept : *make(*wanted, http::best_coding(ask.request.headers), ask.now));
}

PageCache::Page HelpEmbed::make(const Asked& asked, http::Coding coding, Time now) const {
  const auto epoch = uses_.epoch.current();  // before the lines are looked at
  Time until = Time::max();
  std::string body = http::encode(json::serialize(say(asked, now, until)), coding, http::Effort::quick);
  const std::size_t size = body.size();
  auto page = std::make_shared<http::Response>();
  http::Headers& headers = page->headers;
  headers.add("Content-Type", "application/json");
  headers.add("ETag", etag_of(body, coding));
  headers.add("Cache-Control", "public, no-cache");
  headers.add("Vary", "Accept-Encoding, Accept-Language");
  headers.add("Content-Language", asked.language);
  if (coding != http::Coding::identity) headers.add("Content-Encoding", http::coding_name(coding));
  headers.add("X-Robots-Tag", "noindex");
  add_shield_headers(headers);
  open_to_all_origins(headers);
  page->body = std::make_shared<const std::string>(std::move(body));
  uses_.cache.put(asked.key, page, size, epoch, until);
  return page;
}

json::object HelpEmbed::say(const Asked& asked, Time now, Time& until) const {
  const HelpShown shown = uses_.view.find(asked.help, now);
  json::array groups, countries;
  for (const HelpGroup& group : shown.groups) {
    json::array lines;
    for (const Line* line : group.lines) lines.push_back(say(*line, now, until));
    groups.push_back({{"heading", group.heading}, {"lines", std::move(lines)}});
  }
  for (const auto& [name, code] : uses_.view.named(shown.directory->countries()))
    countries.push_back({code, name});
  const std::string unknown = uses_.view.unknown_said(shown);
  return {{"lang", asked.language},
          {"dir", html::direction_of(asked.language)},
          {"heading", respond_.say("text_help")},
          {"country", shown.country},
          {"country_name", uses_.view.country_said(shown.country)},
          {"choose", respond_.say("help_country")},
          {"said", unknown.empty() ? uses_.view.in_country_said(shown.country) : unknown},
          {"groups", std::move(groups)},
          {"all", {{"said", respond_.say("help_all_lines")}, {"href", help_address({shown.country})}}},
          {"countries", std::move(countries)}};
}

json::array HelpEmbed::say_ways(const Line& line, Time now, Time& until) const {
  json::array ways;
  for (const Channel& channel : line.channels) {
    json::object way{
        {"label", uses_.view.way_said(channel)}, {"number", channel.number}, {"href", channel.address()}};
    set_if(way, "vanity", channel.vanity);
    if (channel.hours) {
      const HelpView::Status own = uses_.view.status(&*channel.hours, now);
      way["status"] = own.said;
      until = std::min(until, own.until);
    }
    ways.push_back(std::move(way));
  }
  return ways;
}

json::object HelpEmbed::say(const Line& line, Time now, Time& until) const {
  const HelpView::SourceSaid source = uses_.view.source_said(line, now);
  json::object said{{"name", line.name},
                    {"lang", line.languages.empty() ? "en" : std::string_view(line.languages.front())},
                    {"ways", say_ways(line, now, until)},
                    {"source",
                     {{"sure", source.sure},
                      {"name", source.name},
                      {"href", line.main_source().address},
                      {"dated", source.dated}}}};
  set_if(said, "who", line.who);
  set_if(said, "more", uses_.view.more_said(line));
  set_if(said, "check", source.check);
  const auto status = uses_.view.status_of(line, now);
  if (!status) return said;
  until = std::min(until, status->until);
  said["status"] = status->said;
  if (status->open) said["open"] = *status->open;
  if (line.hours && !line.hours->always) said["hours"] = hours_said(respond_.words(), *line.hours);
  return said;
}

}  // namespace keepsake::web

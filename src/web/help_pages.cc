#include "web/help_pages.h"

#include "helpline/line_text.h"
#include "web/bodies.h"
#include "web/help_country.h"
#include "web/help_query.h"
#include "web/input.h"
#include "web/session_guard.h"
#include "web/time_text.h"
#include "web/way_back.h"

namespace keepsake::web {
namespace {

constexpr std::uint64_t most_form_bytes = 4 * 1024;
constexpr std::chrono::hours cookie_life = std::chrono::hours(24 * 365);

}  // namespace

Result<HelpAsked> HelpPages::asked(const Ask& ask) const {
  auto asked = read_help_query(ask.request.query, respond_);
  if (!asked.refused() && asked->country.empty()) asked->country = country_of(ask.request, country_);
  return asked;
}

http::Response HelpPages::page(const Ask& ask, const Reading& who, const HelpAsked& asked) const {
  html::Values values;
  const HelpShown shown = view_.find(asked, ask.now);
  view_.fill(values, shown, ask.now);
  values.show_if(shown.groups.empty(), "NOTHING_FOUND");
  values.show_if(!asked.search.empty(), "NARROWED");
  values.set("SEARCH", asked.search);
  values.set("HELP_IN_COUNTRY", view_.in_country_said(asked.country));
  HelpAsked anywhere_else = asked;
  anywhere_else.country.clear();
  values.add("HELP_THEN").set("HELP_THEN_ADDRESS", help_address(anywhere_else));
  for (std::size_t i = 0; i < topic_words.size(); ++i) {
    const auto topic = static_cast<Topic>(i);
    html::Values& choice = values.add("TOPIC");
    choice.set("TOPIC_WORD", word_of(topic)).set("TOPIC_NAME", view_.topic_said(topic));
    choice.show_if(asked.topics.has(topic), "TOPIC_NOW");
  }
  for (const auto& [name, code] : view_.named(shown.directory->every_country())) {
    html::Values& choice = values.add("EVERY_COUNTRY");
    choice.set("EVERY_CODE", code).set("EVERY_NAME", name);
    choice.show_if(code == asked.country, "EVERY_NOW");
  }
  values.set("MADE", time_text(ask.now));
  values.set("KEPT_SAID", respond_.say("help_kept", {{"date", respond_.day(ask.now)}}));
  return respond_.page(
      "help", values,
      {.title = respond_.say("text_help"), .signed_in = who.signed_in(), .for_search_engines = true});
}

Result<http::Response> HelpPages::show(Ask& ask, const Reading& who) const {
  const auto wanted = asked(ask);
  if (wanted.refused()) return wanted.refusal();
  if (!ask.wants_json) return page(ask, who, *wanted);
  Time until = Time::max();
  return respond_.json(view_.json(view_.find(*wanted, ask.now), ask.now, until));
}

Result<http::Response> HelpPages::choose_country(Ask& ask, const Anyone&) const {
  const auto typed = read_input(ask.request, country_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const std::string country = typed->text_or_empty("country");
  if (!country.empty() && !can_be_chosen(country))
    return Refusal{Refused::invalid, "A country is two capital letters, such as NZ.", "country"};
  const std::string then =
      typed->has("then") ? place_of_ours(typed->text_or_empty("then")) : place_before(ask.request);
  http::Response response = ask.wants_json ? respond_.nothing() : respond_.see_other(then + "#help");
  if (country.empty()) {
    take_cookie(response, country_cookie);
  } else {
    give_cookie(response, country_cookie, country, cookie_life);
  }
  return response;
}

http::Response HelpPages::records(Ask&, const Anyone&) const {
  std::string all;
  for (const Line& line : helplines_.directory()->lines()) all += line_text(line) + "\n";
  http::Response response = respond_.json({});
  response.headers.set("Content-Type", "application/jsonl; charset=utf-8");
  response.body = std::move(all);
  return response;
}

}  // namespace keepsake::web

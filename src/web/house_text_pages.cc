#include "web/house_text_pages.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "html/direction.h"
#include "html/markdown.h"
#include "web/bodies.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 256 * 1024;

struct Named {
  HouseText kind;
  std::string_view name;
};
constexpr std::array named = {Named{HouseText::contact, "contact"}, Named{HouseText::privacy, "privacy"},
                              Named{HouseText::help, "help"}};

std::string name_of(HouseText kind) {
  return std::string(std::ranges::find(named, kind, &Named::kind)->name);
}

std::optional<HouseText> kind_of(std::string_view name) {
  const auto found = std::ranges::find(named, name, &Named::name);
  return found == named.end() ? std::nullopt : std::optional(found->kind);
}

// Its paragraphs stand in the catalogue one by one: default_contact_1, default_contact_2, ...
std::string default_text(const html::Words& words, HouseText kind) {
  std::string text;
  for (int i = 1;; ++i) {
    const std::string id = "default_" + name_of(kind) + "_" + std::to_string(i);
    if (!words.has(id)) return text;
    text.append(text.empty() ? "" : "\n\n").append(words.say(id));
  }
}

}  // namespace

ShownText shown_text(const Respond& respond, HouseTexts& texts, HouseText kind) {
  if (const auto own = texts.find(kind)) return {own->lang, own->body, true};
  return {respond.words().language(), default_text(respond.words(), kind), false};
}

http::Response HouseTextPages::json_of(HouseText kind) const {
  const ShownText text = shown_text(respond_, texts_, kind);
  return respond_.json({{"text", text.body}, {"lang", text.lang}, {"own", text.own}});
}

http::Response HouseTextPages::text_page(Ask& ask, const Reading& who, HouseText kind) const {
  if (ask.wants_json) return json_of(kind);
  const ShownText text = shown_text(respond_, texts_, kind);
  const std::string title = respond_.say("text_" + name_of(kind));
  html::Values values;
  values.set("HEADING", title).set("TEXT_LANG", text.lang).set("TEXT_DIR", html::direction_of(text.lang));
  values.set_html("TEXT", html::markdown(text.body));
  return respond_.page("house_text", values, {.title = title, .signed_in = who.signed_in()});
}

http::Response HouseTextPages::contact(Ask& ask, const Reading& who) const {
  return text_page(ask, who, HouseText::contact);
}

http::Response HouseTextPages::privacy(Ask& ask, const Reading& who) const {
  return text_page(ask, who, HouseText::privacy);
}

http::Response HouseTextPages::list(Ask& ask, const Host& host) const {
  json::array all;
  html::Values values;
  for (const auto& [kind, name] : named) {
    const auto own = texts_.find(kind);
    all.push_back({{"name", name}, {"own", own != nullptr}, {"url", "/host/texts/" + std::string(name)}});
    values.add("HOUSE_TEXT")
        .set("TEXT_NAME", name)
        .set("TEXT_TITLE", respond_.say("text_" + name_of(kind)))
        .set("TEXT_STANDING", own ? respond_.say("house_text_own", {{"day", respond_.day(own->changed)}})
                                  : respond_.say("house_text_default"));
  }
  if (ask.wants_json) return respond_.json({{"texts", std::move(all)}});
  return respond_.page("host_texts", values,
                       {.title = respond_.say("host_texts"), .signed_in = host.signed_in()});
}

http::Response HouseTextPages::form_page(const Host& host, HouseText kind, const Input& typed,
                                         const Refusal* problem) const {
  const auto own = texts_.find(kind);
  const std::string lang = typed.text("lang").value_or(own ? own->lang : respond_.words().language());
  const std::string title = respond_.say("text_" + name_of(kind));
  html::Values values;
  show_problem(values, problem, {{"body"}, {"lang"}});
  values.set("HEADING", title).set("TEXT_NAME", name_of(kind));
  values.set("TEXT_ABOUT", respond_.say("text_about_" + name_of(kind)));
  values.set("TEXT_BODY", typed.text("body").value_or(own ? own->body : std::string()));
  for (const std::string_view tag : respond_.languages().tags()) {
    values.add("LANGUAGE_OPTION")
        .set("OPTION_TAG", tag)
        .set("OPTION_CALLED", respond_.languages().called(tag))
        .show_if(tag == lang, "OPTION_CHOSEN");
  }
  const ShownText shown = shown_text(respond_, texts_, kind);
  values.set("STANDING", own ? respond_.say("house_text_own", {{"day", respond_.day(own->changed)}})
                             : respond_.say("house_text_default"));
  values.set("TEXT_LANG", shown.lang).set("TEXT_DIR", html::direction_of(shown.lang));
  values.set_html("TEXT", html::markdown(shown.body));
  return respond_.page("host_text", values, {.title = title, .signed_in = host.signed_in()},
                       status_of(problem));
}

Result<http::Response> HouseTextPages::form(Ask& ask, const Host& host) const {
  const auto kind = kind_of(ask.parameters[0]);
  if (!kind) return respond_.not_here();
  return ask.wants_json ? json_of(*kind) : form_page(host, *kind, {}, nullptr);
}

Result<http::Response> HouseTextPages::write(Ask& ask, const Host& host) const {
  const auto kind = kind_of(ask.parameters[0]);
  if (!kind) return respond_.not_here();
  const auto typed = read_input(ask.request, house_text_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const std::string lang = typed->text("lang").value_or(respond_.words().language());
  const bool spoken_here = std::ranges::count(respond_.languages().tags(), lang) > 0;
  const Result<Done> outcome =
      spoken_here ? texts_.set(*kind, lang, typed->text_or_empty("body"))
                  : Refusal{Refused::invalid, "The pages do not speak this language yet.", "lang"};
  if (!outcome.refused())
    return ask.wants_json ? respond_.nothing() : respond_.see_other("/host/texts/" + name_of(*kind));
  if (ask.wants_json) return outcome.refusal();
  return form_page(host, *kind, *typed, &outcome.refusal());
}

}  // namespace keepsake::web

#include "web/reading_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "html/direction.h"
#include "html/markdown.h"
#include "http/encoding.h"
#include "http/url.h"
#include "web/bodies.h"
#include "web/help_country.h"
#include "web/house_text_pages.h"
#include "web/photo_by_photo.h"
#include "web/session_guard.h"
#include "web/site.h"
#include "web/story_view.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_form_bytes = 4 * 1024;
constexpr int page_size = 30;
constexpr std::chrono::hours gate_cookie_life = std::chrono::hours(24 * 180);

std::optional<Accepted> accepted_of(const std::string& text) {
  if (text == "all") return Accepted::all;
  if (text == "descriptions") return Accepted::descriptions;
  return std::nullopt;
}

// Whether the server has the whole body already, as it has of small ones that it was not asked to wait for.
bool is_here(const http::Request& request) {
  const auto announced = request.body->announced();
  return announced && *announced <= most_form_bytes && !request.headers.find("Expect");
}

}  // namespace

std::optional<ListCursor> ReadingPages::cursor_of(const Ask& ask) const {
  const auto query = http::parse_form(ask.request.query);
  const auto text = query ? http::find_field(*query, "after") : std::nullopt;
  return text ? uses_.cursors.parse(*text) : std::nullopt;
}

html::Values& ReadingPages::add_row(html::Values& values, const ListedStory& story) const {
  html::Values& row = values.add("STORY");
  row.set("STORY_ID", story.id.text()).set("STORY_LANG", story.lang);
  row.set("STORY_TITLE", story.title.empty() ? respond_.say("untitled") : story.title);
  if (story.notes.empty()) return row;
  html::Values& notes = row.add("HAS_NOTES");
  for (const std::string& note : story.notes) notes.add("NOTE").set("NOTE_TEXT", note);
  return row;
}

void ReadingPages::fill_mine(html::Values& values, const std::vector<StoryHead>& mine) const {
  values.show_if(mine.empty(), "NONE_YET");
  for (const StoryHead& story : mine) {
    values.add("MY_STORY")
        .set("STORY_ID", story.id.text())
        .set("STORY_LANG", story.lang)
        .set("STORY_TITLE", title_of(respond_, story))
        .set("STORY_STATE", respond_.say("state_" + std::string(word_of(story.state))))
        .set("STORY_WHO", audience_sentence(respond_, story, uses_.stories.audience(story)));
  }
}

void ReadingPages::say_more(html::Values& values, const StoryList& list) const {
  if (list.next) values.add("HAS_MORE").set("MORE", uses_.cursors.text(*list.next));
}

http::Response ReadingPages::home(Ask& ask, const Reading& who) const {
  const auto after = cursor_of(ask);
  const auto mine = after || !who.signed_in() ? std::vector<StoryHead>() : uses_.stories.own(who.viewer());
  const StoryList others = uses_.stories.feed(who.viewer(), after, page_size);
  if (ask.wants_json) {
    json::object body{{"mine", json::array()}, {"stories", json_of(others)}};
    for (const StoryHead& story : mine) body["mine"].as_array().push_back(json_of_own(story));
    if (others.next) body["next"] = uses_.cursors.text(*others.next);
    return respond_.json(body);
  }
  html::Values values;
  if (!who.signed_in()) values.show("WELCOME");
  if (who.signed_in() && !after) fill_mine(values.add("MINE"), mine);
  if (others.stories.empty()) {
    values.show_if(who.signed_in().has_value(), "NOTHING_TO_READ");
  } else {
    html::Values& section = values.add("OTHERS");
    for (const ListedStory& story : others.stories)
      add_row(section, story).set("STORY_AUTHOR", story.author_display_name);
    say_more(section, others);
  }
  return respond_.page("home", values, {.title = respond_.say("site_name"), .signed_in = who.signed_in()});
}

Result<http::Response> ReadingPages::person(Ask& ask, const Reading& who) const {
  const auto found = uses_.stories.of_author(who.viewer(), ask.parameters[0], cursor_of(ask), page_size);
  if (found.refused()) return found.refusal();
  if (ask.wants_json) {
    json::object body{
        {"name", found->name}, {"display_name", found->display_name}, {"stories", json_of(found->list)}};
    if (found->list.next) body["next"] = uses_.cursors.text(*found->list.next);
    return respond_.json(body);
  }
  html::Values values;
  values.set("PERSON_NAME", found->name).set("PERSON_DISPLAY_NAME", found->display_name);
  values.show_if(found->list.stories.empty(), "NOTHING_TO_READ");
  for (const ListedStory& story : found->list.stories)
    add_row(values, story)
        .set("DATE", day_text(story.published_at))
        .set("DATE_SAID", respond_.day(story.published_at));
  say_more(values, found->list);
  return respond_.page("person", values, {.title = found->display_name, .signed_in = who.signed_in()});
}

http::Response ReadingPages::gate_page(const Ask& ask, const ReadableStory& story, const Reading& who,
                                       const Refusal* problem) const {
  html::Values values;
  show_problem(values, problem);
  values.set("GATE_VERSION", story.decision.gate_version);
  values.set("STORY_ID", story.id.text()).set("AUTHOR_DISPLAY_NAME", story.author_display_name);
  values.set("GATE_HEADING", respond_.say("gate_before"));
  values.set_in("HAS_AUTHOR_NOTE", "AUTHOR_NOTE", story.author_note);
  if (!story.notes.empty()) {
    html::Values& notes = values.add("HAS_NOTES");
    for (const std::string& note : story.notes) notes.add("NOTE").set("NOTE_TEXT", note);
  }
  if (story.story.help_at_gate) fill_help(values.add("HELP_AT_GATE"), ask, story.story.topics);
  return respond_.page("gate", values, {.title = respond_.say("gate_before"), .signed_in = who.signed_in()},
                       status_of(problem));
}

// What was accepted is not what stands there now: it is shown once more.
Result<http::Response> ReadingPages::gate_again(Ask& ask, const Reading& who) const {
  const Refusal changed{Refused::conflict, respond_.say("gate_changed"), "gate"};
  if (ask.wants_json) return changed;
  const auto story = uses_.stories.find_visible(who.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  if (story->decision.outcome != Outcome::gated) return respond_.see_other("/stories/" + story->id.text());
  return gate_page(ask, *story, who, &changed);
}

Time ReadingPages::fill_help(html::Values& values, const Ask& ask,
                             const std::vector<std::string>& topics) const {
  HelpAsked asked{.country = country_of(ask.request, uses_.country), .others = false};
  for (const std::string& word : topics)
    if (const auto topic = parse_topic(word)) asked.topics.add(*topic);
  values.set("HELP_CODE", asked.country);
  return uses_.help.fill(values, uses_.help.find(asked, ask.now), ask.now);
}

html::Values ReadingPages::own_values(const Ask& ask, const ReadableStory& story, Time& until) const {
  html::Values values = story_values(respond_, story);
  until = fill_help(values, ask, story.story.topics);
  const ShownText help = shown_text(respond_, uses_.texts, HouseText::help);
  values.set("HELP_LANG", help.lang).set("HELP_DIR", html::direction_of(help.lang));
  values.set_html("HELP", html::markdown(help.body));
  if (!story.decision.author) return values;
  html::Values& mine = values.add("IS_MINE");
  mine.set("STORY_ID", story.id.text());
  mine.set("AUDIENCE_SENTENCE",
           audience_sentence(respond_, story.story, uses_.stories.audience(story.story)));
  return values;
}

http::Response ReadingPages::turn_to(Ask& ask, const ReadableStory& story, const Reading& who,
                                     const Leaf& leaf) const {
  const bool open = story.decision.outcome == Outcome::open;
  if (open && SessionGuard::shows_nothing(ask.request)) return for_everyone(ask, story, who, leaf);
  if (ask.wants_json) return respond_.json(leaf.json());
  Time until = Time::max();
  return respond_.page(leaf.page, leaf.values(until), {.title = leaf.title, .signed_in = who.signed_in()});
}

std::string ReadingPages::key_of(const Ask& ask) const {
  return cache_key(ask.request, respond_.words().language(), country_of(ask.request, uses_.country));
}

// Asked by somebody who shows nothing of themselves: the same for all such, so it is kept for the next.
http::Response ReadingPages::for_everyone(Ask& ask, const ReadableStory& story, const Reading& who,
                                          const Leaf& leaf) const {
  const http::Coding coding = http::best_coding(ask.request.headers);
  auto page = std::make_shared<http::Response>();
  page->headers.add("Content-Type", ask.wants_json ? "application/json" : "text/html; charset=utf-8");
  Time until = story.decision.until;
  std::string body;
  if (ask.wants_json) {
    body = boost::json::serialize(leaf.json());
  } else {
    body = respond_.text(
        leaf.page, leaf.values(until),
        {.title = leaf.title, .signed_in = who.signed_in(), .for_search_engines = leaf.findable});
  }
  body = http::encode(body, coding, http::Effort::quick);
  page->headers.add("ETag", etag_of(body, coding));
  page->headers.add("Cache-Control", "public, no-cache");
  page->headers.add("Vary", ask.wants_json
                                ? "Accept, Accept-Encoding, Cookie, Authorization"
                                : "Accept, Accept-Encoding, Accept-Language, Cookie, Authorization");
  const std::string& language = respond_.words().language();
  if (!ask.wants_json) page->headers.add("Content-Language", language);
  if (coding != http::Coding::identity) page->headers.add("Content-Encoding", http::coding_name(coding));
  page->headers.add("Referrer-Policy", "same-origin");
  if (!leaf.findable) page->headers.add("X-Robots-Tag", "noindex");
  add_shield_headers(page->headers);
  const std::size_t size = body.size();
  page->body = std::make_shared<const std::string>(std::move(body));
  uses_.cache.put(key_of(ask), page, size, who.viewer().epoch, std::min(until, story.decision.until));
  return copy_of(*page);
}

http::Response ReadingPages::gate(Ask& ask, const ReadableStory& story, const Reading& who) const {
  return ask.wants_json ? respond_.json(json_of_gate(story)) : gate_page(ask, story, who);
}

Result<http::Response> ReadingPages::read_story(Ask& ask, const Reading& who) const {
  const auto story = uses_.stories.find_visible(who.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  if (story->decision.outcome == Outcome::gated) return gate(ask, *story, who);
  return turn_to(ask, *story, who,
                 {.page = "story",
                  .title = title_of(respond_, story->story),
                  .findable = true,
                  .values = [&](Time& until) { return own_values(ask, *story, until); },
                  .json = [&] { return json_of(*story); }});
}

// Which photos there are is asked only once the story is open: until then every number leads to its gate.
Result<http::Response> ReadingPages::read_photo(Ask& ask, const Reading& who) const {
  const auto story = uses_.stories.find_visible(who.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  if (story->decision.outcome == Outcome::gated) return gate(ask, *story, who);
  const auto place = photo_at(story->story, ask.parameters[1]);
  if (!place) return respond_.not_here();
  return turn_to(ask, *story, who,
                 {.page = "photo",
                  .title = photo_title(respond_, story->story, *place),
                  .values = [&](Time&) { return photo_values(respond_, *story, *place); },
                  .json = [&] { return json_of_photo(*story, *place); }});
}

Result<http::Response> ReadingPages::once(Ask& ask, const Reading& who, Read read) const {
  if (!SessionGuard::shows_nothing(ask.request)) return (this->*read)(ask, who);
  const std::string key = key_of(ask);
  const auto turn = uses_.flight.enter(key);
  const auto kept = turn.waited() ? uses_.cache.find(key, ask.now) : nullptr;
  return kept ? copy_of(*kept) : (this->*read)(ask, who);
}

Result<http::Response> ReadingPages::story(Ask& ask, const Reading& who) const {
  return once(ask, who, &ReadingPages::read_story);
}

Result<http::Response> ReadingPages::photo(Ask& ask, const Reading& who) const {
  return once(ask, who, &ReadingPages::read_photo);
}

Result<ReadingPages::Step> ReadingPages::read_step(Ask& ask) const {
  const auto typed = read_input(ask.request, gate_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const auto accepted = accepted_of(typed->text_or_empty("accept"));
  if (!accepted) return Refusal{Refused::invalid, respond_.say("error_422_sentence"), "accept"};
  return Step{*accepted, typed->number("gate")};
}

http::Response ReadingPages::through_gate(const Ask& ask) const {
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/stories/" + ask.id()->text());
}

// Decided once, where it is written, unless a body would be waited for or makes no sense: what is hidden is
// hidden before that.
Later<Result<http::Response>> ReadingPages::pass_gate(Ask& ask, const Reading& who) const {
  if (!who.signed_in()) co_return pass_with_cookie(ask, who);
  const PublicId id = ask.id().value_or(PublicId());
  if (!is_here(ask.request)) {
    const auto gate = uses_.stories.gate_of(who.viewer(), id);
    if (gate.refused()) co_return gate.refusal();
  }
  const auto step = read_step(ask);
  if (step.refused()) {
    const auto gate = uses_.stories.gate_of(who.viewer(), id);
    co_return gate.refused() ? gate.refusal() : step.refusal();
  }
  const auto done = co_await uses_.stories.accept_gate(who.viewer(), id, step->accepted, step->shown);
  if (!done.refused()) co_return through_gate(ask);
  if (done.refusal().kind == Refused::conflict) co_return gate_again(ask, who);
  co_return done.refusal();
}

Result<http::Response> ReadingPages::pass_with_cookie(Ask& ask, const Reading& who) const {
  const auto gate = uses_.stories.gate_of(who.viewer(), ask.id().value_or(PublicId()));
  if (gate.refused()) return gate.refusal();
  const auto step = read_step(ask);
  if (step.refused()) return step.refusal();
  if (step->shown.value_or(gate->gate_version) != gate->gate_version) return gate_again(ask, who);
  const GatePass pass{gate->item, gate->gate_version, step->accepted};
  http::Response response = through_gate(ask);
  give_cookie(response, gate_cookie, uses_.gate.seal(GateCookie::with(who.viewer().gate_passes, pass)),
              gate_cookie_life);
  return response;
}

}  // namespace keepsake::web

#include "web/writing_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "web/bodies.h"
#include "web/photo_pages.h"
#include "web/story_view.h"
#include "web/time_text.h"
#include "web/typed_story.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_fields_bytes = std::uint64_t{4} << 20;
constexpr std::uint64_t most_with_files = std::uint64_t{1}
                                          << 40;  // each photo has a bound of its own in Photos

std::string address_of(const PublicId& story, std::string_view page = "") {
  return "/stories/" + story.text() + std::string(page);
}

bool wants_published(const Input& typed) {
  return typed.text_or_empty("state") == "published";
}

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

std::optional<Refusal> of_somebody_else(const Respond& respond, const Member& member, const Input& typed) {
  const std::string person = typed.text("person").value_or(member.self().name);
  if (person == member.self().name) return std::nullopt;
  return Refusal{Refused::forbidden, respond.say("another_person", {{"name", person}}), "person"};
}

Input WritingPages::Typed::shown() const {
  return with_added(input, added);
}

Result<WritingPages::Typed> WritingPages::read(Ask& ask, const Member& member) const {
  ask.request.body->limit(most_with_files);
  Typed typed;
  const auto take = take_photos(uses_.photos, member.viewer(), typed.added);
  // A photo that cannot be taken does not cost what was typed beside it: the rest of the form is read first.
  const TakeFile take_gently = [&](std::string_view field, std::string_view name,
                                   const auto& bytes) -> std::optional<Refusal> {
    auto refusal = take(field, name, bytes);
    if (!refusal && !typed.added.back().shown()) {
      typed.added.pop_back();
      refusal =
          Refusal{Refused::invalid,
                  "This file is kept among your photos, but it cannot be shown in a story yet.", "files"};
    }
    if (refusal && !typed.problem) typed.problem = std::move(refusal);
    return std::nullopt;
  };
  std::optional<Input> readable;
  auto input = read_input(ask.request, story_fields, most_fields_bytes, take_gently, &readable);
  if (input.refused() && (!readable || ask.wants_json)) return input.refusal();
  if (input.refused()) typed.problem = input.refusal();
  typed.input = input.refused() ? *std::move(readable) : *std::move(input);
  if (auto refusal = of_somebody_else(respond_, member, typed.input)) return *std::move(refusal);
  // A browser does not send a box without its tick; the topics beside it are always sent.
  if (!ask.wants_json && typed.input.has("topics") && !typed.input.has("help_at_gate"))
    typed.input.set("help_at_gate", false);
  return typed;
}

http::Response WritingPages::new_form(Ask&, const Member& member) const {
  return uses_.form.page(member, {});
}

// The same form may come twice: a second press, a page that was gone back to, an answer that was lost.
http::Response WritingPages::begun(Ask& ask, const Member& member, const Typed& typed,
                                   const Edited& edited) const {
  const Story& story = edited.story;
  if (ask.wants_json) {
    return respond_.json({{"id", story.id.text()}, {"url", address_of(story.id)}, {"version", story.version}},
                         edited.conflict ? 200 : 201);
  }
  const StoryChange wish = change_of(typed.input, typed.added, nullptr);
  const bool same = wish.body.value_or("") == story.body && wish.title.value_or("") == story.title;
  if (edited.conflict && !same)
    return uses_.form.page(
        member, {.story = &story, .typed = typed.shown(), .theirs = &story, .unsaved = true, .status = 409});
  const bool ask_who = wants_published(typed.input) && story.state != ItemState::published;
  return respond_.see_other(address_of(story.id, ask_who ? "/publish" : ""));
}

Result<http::Response> WritingPages::create(Ask& ask, const Member& member) const {
  const auto typed = read(ask, member);
  if (typed.refused()) return typed.refusal();
  const auto refuse = [&](const Refusal* refusal) -> Result<http::Response> {
    if (ask.wants_json) return *refusal;
    return uses_.form.page(member, {.typed = typed->shown(), .problem = refusal, .unsaved = true});
  };
  if (typed->problem) return refuse(&*typed->problem);
  if (!ask.wants_json && typed->input.boolean("look").value_or(false)) return refuse(nullptr);
  StoryChange draft = change_of(typed->input, typed->added, nullptr);
  if (!ask.wants_json) draft.state = "draft";
  const auto started = PublicId::parse(typed->input.text_or_empty("started"));
  const auto edited = uses_.stories.begin(member.viewer(), draft, started);
  if (edited.refused()) return refuse(&edited.refusal());
  return begun(ask, member, *typed, *edited);
}

Result<http::Response> WritingPages::edit_form(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  const auto story = uses_.stories.find_own(member.viewer(), id);
  if (story.refused()) return story.refusal();
  if (story->state == ItemState::trashed) return respond_.not_here();
  const auto copy = uses_.copies.find(member.viewer(), id);
  StoryForm::Shown shown{.story = &*story, .typed = form_of(*story, uses_.stories.audience(*story), copy)};
  if (copy) shown.kept = copy->saved;
  if (copy && copy->version != story->version) shown.theirs = &*story;
  return uses_.form.page(member, shown);
}

bool WritingPages::asks_who(Ask& ask, const Typed& typed, const Story& before) const {
  if (ask.wants_json || !wants_published(typed.input)) return false;
  if (before.state != ItemState::published) return true;
  if (!typed.input.has("audience") && !typed.input.has("named")) return false;
  std::vector<std::string> now;
  for (const AudienceEntry& entry : uses_.stories.audience(before)) now.push_back(entry.word);
  return sorted(audience_words(typed.input)) != sorted(std::move(now));
}

Result<http::Response> WritingPages::before_publishing(const Member& member, const Story& before,
                                                       const Typed& typed) const {
  const auto version = typed.input.number("version");
  const auto conflict = [&](const Story& theirs) {
    return uses_.form.page(
        member,
        {.story = &before, .typed = typed.shown(), .theirs = &theirs, .unsaved = true, .status = 409});
  };
  if (before.state == ItemState::published) {
    const auto named = uses_.stories.audience_named(before, audience_words(typed.input));
    if (named.refused()) return named.refusal();
    const auto kept = uses_.copies.keep(member.viewer(), before.id, copy_text(typed.shown()), version);
    if (kept.refused()) return kept.refusal();
    if (kept->conflict) return conflict(before);
  } else {
    StoryChange change = change_of(typed.input, typed.added, &before);
    change.state.reset();
    const auto edited =
        uses_.stories.change(member.viewer(), before.id, change, version, TypedCopy::is_done_with);
    if (edited.refused()) return edited.refusal();
    if (edited->conflict) return conflict(edited->story);
  }
  return respond_.see_other(address_of(before.id, "/publish"));
}

Result<http::Response> WritingPages::changed(Ask& ask, const Member& member, const Story& before,
                                             const Typed& typed) const {
  if (asks_who(ask, typed, before)) return before_publishing(member, before, typed);
  const TypedCopy copy = ask.wants_json ? TypedCopy::stays : TypedCopy::is_done_with;
  const auto edited =
      uses_.stories.change(member.viewer(), before.id, change_of(typed.input, typed.added, &before),
                           typed.input.number("version"), copy);
  if (edited.refused()) return edited.refusal();
  if (edited->conflict && ask.wants_json)
    return Refusal{Refused::conflict, respond_.say("error_409_sentence"), "version"};
  if (edited->conflict)
    return uses_.form.page(
        member,
        {.story = &before, .typed = typed.shown(), .theirs = &edited->story, .unsaved = true, .status = 409});
  const std::string url = address_of(before.id);
  if (!ask.wants_json) return respond_.see_other(url);
  return respond_.json({{"id", before.id.text()}, {"url", url}, {"version", edited->story.version}});
}

Result<http::Response> WritingPages::change(Ask& ask, const Member& member) const {
  const auto before = uses_.stories.find_own(member.viewer(), ask.id().value_or(PublicId()));
  if (before.refused() || before->state == ItemState::trashed) return respond_.not_here();
  const auto typed = read(ask, member);
  if (typed.refused()) return typed.refusal();
  const auto refuse = [&](const Refusal* refusal) -> Result<http::Response> {
    if (ask.wants_json) return *refusal;
    return uses_.form.page(member,
                           {.story = &*before, .typed = typed->shown(), .problem = refusal, .unsaved = true});
  };
  if (typed->problem) return refuse(&*typed->problem);
  if (!ask.wants_json && typed->input.boolean("look").value_or(false)) return refuse(nullptr);
  auto answer = changed(ask, member, *before, *typed);
  return answer.refused() ? refuse(&answer.refusal()) : std::move(answer);
}

// A program says ?for-good=1, a form the field `for_good`.
Result<http::Response> WritingPages::remove(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  if (const auto story = uses_.stories.find_own(member.viewer(), id); story.refused()) return story.refusal();
  const auto typed = read_input(ask.request, removal_fields, 1024);
  if (typed.refused()) return typed.refusal();
  const bool for_good = ask.request.query == "for-good=1" || typed->boolean("for_good").value_or(false);
  const auto outcome =
      for_good ? uses_.stories.forget(member.viewer(), id) : uses_.stories.move_to_trash(member.viewer(), id);
  if (outcome.refused()) return outcome.refusal();
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/trash");
}

Result<http::Response> WritingPages::take_back(Ask& ask, const Member& member) const {
  const auto story = uses_.stories.take_back(member.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  const std::string url = "/stories/" + story->id.text();
  return ask.wants_json ? respond_.json({{"id", story->id.text()}, {"url", url}}) : respond_.see_other(url);
}

http::Response WritingPages::trash(Ask& ask, const Member& member) const {
  const auto trashed = uses_.stories.trashed(member.viewer());
  const auto gone_on = [](const StoryHead& story) {
    return story.trashed_at.value_or(story.changed) + story_rules::trash_days;
  };
  if (ask.wants_json) {
    json::array list;
    for (const StoryHead& story : trashed) {
      json::object object = json_of_own(story);
      object["gone_on"] = time_text(gone_on(story));
      list.push_back(std::move(object));
    }
    return respond_.json({{"stories", std::move(list)}});
  }
  html::Values values;
  values.show_if(trashed.empty(), "EMPTY");
  for (const StoryHead& story : trashed) {
    values.add("TRASHED")
        .set("STORY_ID", story.id.text())
        .set("STORY_TITLE", story.title.empty() ? respond_.say("untitled") : story.title)
        .set("GONE_ON", respond_.say("trash_until", {{"day", respond_.day(gone_on(story))}}));
  }
  return respond_.page("trash", values, {.title = respond_.say("trash"), .signed_in = member.signed_in()});
}

}  // namespace keepsake::web

#include "web/writing_pages.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <set>

#include "base/text.h"
#include "person/person.h"
#include "web/bodies.h"
#include "web/photo_pages.h"
#include "web/story_view.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;
constexpr std::uint64_t most_fields_bytes = std::uint64_t{4} << 20;
constexpr std::uint64_t most_with_files = std::uint64_t{1}
                                          << 40;  // each photo has a bound of its own in Photos
constexpr std::size_t note_fields = 4;

using Words = std::vector<std::string>;

// Names typed into one field, with commas or spaces between them, as words of an audience.
Words named_people(std::string_view typed) {
  std::string spaced(typed);
  std::replace(spaced.begin(), spaced.end(), ',', ' ');
  Words words;
  for (const std::string_view part : split(spaced, ' ')) {
    if (!trim(part).empty()) words.push_back("person:" + typed_name(part));
  }
  return words;
}

std::vector<StoryChange::Photo> photos_of(const Input& input, const std::vector<AddedPhoto>& added) {
  std::vector<StoryChange::Photo> photos;
  for (const Input& photo : input.objects("photos").value_or(std::vector<Input>())) {
    if (photo.boolean("leave_out").value_or(false)) continue;
    photos.push_back({photo.text_or_empty("id"), photo.text_or_empty("alt"), photo.text_or_empty("caption"),
                      photo.text_or_empty("credit")});
  }
  for (const AddedPhoto& photo : added) {
    const bool there = std::any_of(photos.begin(), photos.end(),
                                   [&](const auto& other) { return other.id == photo.id.text(); });
    if (!there) photos.push_back({photo.id.text(), "", "", ""});
  }
  return photos;
}

StoryChange change_of(const Input& input, const std::vector<AddedPhoto>& added, const Story* before) {
  StoryChange change{.title = input.text("title"),
                     .lang = input.text("lang"),
                     .body = input.text("body"),
                     .author_note = input.text("note"),
                     .notes = input.texts("notes"),
                     .topics = input.texts("topics"),
                     .audience = input.texts("audience"),
                     .past_gate = input.texts("past_gate"),
                     .comments = input.text("comments"),
                     .state = input.text("state")};
  if (input.has("photos") || (!added.empty() && !before)) {
    change.photos = photos_of(input, added);
  } else if (!added.empty()) {
    Input present;
    present.set("photos", photo_inputs(*before));
    change.photos = photos_of(present, added);
  }
  if (input.has("named")) {
    Words words = change.audience.value_or(Words());
    for (std::string& word : named_people(input.text_or_empty("named"))) words.push_back(std::move(word));
    change.audience = std::move(words);
  }
  return change;
}

// The form as it was typed, photos that came with it among those of the story.
Input with_added(Input input, const std::vector<AddedPhoto>& added) {
  auto photos = input.objects("photos").value_or(std::vector<Input>());
  for (const AddedPhoto& photo : added) {
    Input object;
    object.set("id", photo.id.text());
    photos.push_back(std::move(object));
  }
  input.set("photos", std::move(photos));
  return input;
}

constexpr std::array whole_fields = {FormField{"title"}, FormField{"body"},  FormField{"note"},
                                     FormField{"lang"},  FormField{"files"}, FormField{"audience", "named"}};

// Whether the field stands in a row of photos or notes, which marks it as it is filled.
bool is_in_row(const Refusal* problem) {
  if (!problem) return false;
  const std::string& field = problem->field;
  const bool of_photo = field.ends_with(".alt") || field.ends_with(".caption") || field.ends_with(".credit");
  return (field.starts_with("photos.") && of_photo) || field.starts_with("notes.");
}

// The field stands in a row of many: `element` and the row's number are its id.
void mark_row(html::Values& values, html::Values& row, const Refusal& problem, const std::string& element,
              int place) {
  if (!is_in_row(&problem)) return;
  say_problem(values, problem, element + "-" + std::to_string(place));
  show_bad_field(row, problem, element);
}

}  // namespace

std::vector<Input> photo_inputs(const Story& story) {
  std::vector<Input> photos;
  for (const StoryPhoto& photo : story.photos) {
    Input object;
    object.set("id", photo.id.text());
    object.set("alt", photo.alt);
    object.set("caption", photo.caption);
    object.set("credit", photo.credit);
    photos.push_back(std::move(object));
  }
  return photos;
}

Input input_of(const Story& story, const StoryAudience& audience) {
  Input input;
  input.set("title", story.title);
  input.set("lang", story.lang);
  input.set("body", story.body);
  input.set("note", story.author_note);
  input.set("notes", story.notes);
  input.set("version", story.version);
  input.set("photos", photo_inputs(story));
  Words words;
  std::string named;
  for (const AudienceEntry& entry : audience) {
    if (entry.key.kind() == KeyKind::person) {
      named += (named.empty() ? "" : " ") + entry.word.substr(entry.word.find(':') + 1);
    } else {
      words.push_back(entry.word);
    }
  }
  input.set("audience", std::move(words));
  input.set("named", std::move(named));
  return input;
}

Result<WritingPages::Typed> WritingPages::read(Ask& ask, const Member& member) const {
  ask.request.body->limit(most_with_files);
  Typed typed;
  const auto take = take_photos(uses_.photos, member.viewer(), typed.added);
  // A photo that cannot be taken does not cost what was typed beside it: the rest of the form is read first.
  const TakeFile take_gently = [&](std::string_view field, const auto& bytes) -> std::optional<Refusal> {
    auto refusal = take(field, bytes);
    if (refusal && !typed.problem) typed.problem = std::move(refusal);
    return std::nullopt;
  };
  std::optional<Input> readable;
  auto input = read_input(ask.request, story_fields, most_fields_bytes, take_gently, &readable);
  if (input.refused() && (!readable || ask.wants_json)) return input.refusal();
  if (input.refused()) typed.problem = input.refusal();
  typed.input = input.refused() ? *std::move(readable) : *std::move(input);
  return typed;
}

void WritingPages::fill_choices(html::Values& values, const Member& member, const Story* story,
                                const Words& chosen) const {
  const std::set<std::string> wanted(chosen.begin(), chosen.end());
  const auto choice = [&](const std::string& word, const std::string& label) {
    html::Values& row = values.add("CHOICE");
    row.set("CHOICE_VALUE", word).set("CHOICE_LABEL", label).show_if(wanted.contains(word), "CHOSEN");
  };
  auto circles = uses_.circles.of_owner(member.person());
  respond_.sort_by_name(circles, &Circle::name);
  for (const Circle& circle : circles) {
    choice("circle:" + circle.id.text(), respond_.say("choice_circle", {{"name", circle.name}}));
  }
  if (story) {
    for (const GuestLink& link : uses_.links.of_item(member.person(), story->item)) {
      choice("link:" + link.id.text(), respond_.say("choice_link", {{"name", link.name}}));
    }
  }
  choice("members", respond_.say("choice_members"));
  choice("door", respond_.say("choice_door"));
  choice("public", respond_.say("choice_public"));
}

void WritingPages::fill_photos(html::Values& values, const Input& typed, const Refusal* problem) const {
  int place = 0, kept = 0;  // a refusal counts the photos that stay
  for (const Input& photo : typed.objects("photos").value_or(std::vector<Input>())) {
    const auto id = PublicId::parse(photo.text_or_empty("id"));
    if (!id) continue;
    const bool left_out = photo.boolean("leave_out").value_or(false);
    const std::string field = "photos." + std::to_string(kept) + ".";
    html::Values& row = values.add("PHOTO");
    const int here = place++;
    row.set("PLACE", here)
        .set("PHOTO_ID", id->text())
        .set("PHOTO_ALT", photo.text_or_empty("alt"))
        .set("PHOTO_CAPTION", photo.text_or_empty("caption"))
        .set("PHOTO_CREDIT", photo.text_or_empty("credit"));
    row.show_if(left_out, "LEFT_OUT");
    if (left_out) continue;
    ++kept;
    if (problem && problem->field.starts_with(field)) {
      mark_row(values, row, *problem, problem->field.substr(field.size()), here);
    }
  }
}

void WritingPages::fill_notes(html::Values& values, const Input& typed, const Refusal* problem) const {
  auto notes = typed.texts("notes").value_or(Words());
  notes.resize(std::max(note_fields, notes.size() + 1));
  int place = 0;
  for (const std::string& note : notes) {
    html::Values& row = values.add("NOTE_FIELD");
    row.set("NOTE_TEXT", note).set("PLACE", place);
    if (problem && problem->field == "notes." + std::to_string(place))
      mark_row(values, row, *problem, "notes", place);
    ++place;
  }
}

http::Response WritingPages::form(const Member& member, const Story* story, const Input& typed,
                                  const Refusal* problem, const Story* theirs) const {
  html::Values values;
  const std::string heading = respond_.say(story ? "edit_heading" : "write_heading");
  const bool published = story && story->state == ItemState::published;
  values.set("FORM_HEADING", heading);
  values.set("FORM_ACTION", story ? "/stories/" + story->id.text() + "/edit" : "/stories");
  const auto version =
      theirs ? theirs->version : typed.number("version").value_or(story ? story->version : 0);
  if (story) values.add("HAS_VERSION").set("VERSION", version);
  values.set("FORM_TITLE", typed.text_or_empty("title")).set("FORM_BODY", typed.text_or_empty("body"));
  values.set("FORM_NOTE", typed.text_or_empty("note")).set("FORM_NAMED", typed.text_or_empty("named"));
  values.set("FORM_LANG", typed.text("lang").value_or(respond_.words().language()));
  fill_photos(values, typed, problem);
  fill_notes(values, typed, problem);
  fill_choices(values, member, story, typed.texts("audience").value_or(Words()));
  values.show_if(!published, "MAY_SAVE_DRAFT").show_if(published, "MAY_WITHDRAW");
  values.set("PUBLISH_LABEL", respond_.say(published ? "save_changes" : "publish"));
  if (theirs) values.add("CONFLICT").set("THEIR_TITLE", theirs->title).set("THEIR_BODY", theirs->body);
  if (!is_in_row(problem)) show_problem(values, problem, whole_fields);
  return respond_.page("story_form", values, {.title = heading, .signed_in = member.signed_in()},
                       theirs ? 409 : status_of(problem));
}

http::Response WritingPages::new_form(Ask&, const Member& member) const {
  return form(member, nullptr, {}, nullptr);
}

Result<http::Response> WritingPages::create(Ask& ask, const Member& member) const {
  const auto typed = read(ask, member);
  if (typed.refused()) return typed.refusal();
  const auto refuse = [&](const Refusal& refusal) -> Result<http::Response> {
    if (ask.wants_json) return refusal;
    return form(member, nullptr, with_added(typed->input, typed->added), &refusal);
  };
  if (typed->problem) return refuse(*typed->problem);
  const auto story = uses_.stories.create(member.viewer(), change_of(typed->input, typed->added, nullptr));
  if (story.refused()) return refuse(story.refusal());
  const std::string url = "/stories/" + story->id.text();
  if (!ask.wants_json) return respond_.see_other(url);
  return respond_.json({{"id", story->id.text()}, {"url", url}, {"version", story->version}}, 201);
}

Result<http::Response> WritingPages::edit_form(Ask& ask, const Member& member) const {
  const auto story = uses_.stories.find_own(member.viewer(), ask.id().value_or(PublicId()));
  if (story.refused()) return story.refusal();
  if (story->state == ItemState::trashed) return respond_.not_here();
  return form(member, &*story, input_of(*story, uses_.stories.audience(*story)), nullptr);
}

Result<http::Response> WritingPages::change(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  const auto before = uses_.stories.find_own(member.viewer(), id);
  if (before.refused() || before->state == ItemState::trashed) return respond_.not_here();
  const auto typed = read(ask, member);
  if (typed.refused()) return typed.refusal();
  const Input shown = with_added(typed->input, typed->added);
  const auto refuse = [&](const Refusal& refusal) -> Result<http::Response> {
    if (ask.wants_json) return refusal;
    return form(member, &*before, shown, &refusal);
  };
  if (typed->problem) return refuse(*typed->problem);
  const auto edited = uses_.stories.change(
      member.viewer(), id, change_of(typed->input, typed->added, &*before), typed->input.number("version"));
  if (edited.refused()) return refuse(edited.refusal());
  if (edited->conflict && ask.wants_json)
    return Refusal{Refused::conflict, respond_.say("error_409_sentence"), "version"};
  if (edited->conflict) return form(member, &*before, shown, nullptr, &edited->story);
  const std::string url = "/stories/" + id.text();
  if (!ask.wants_json) return respond_.see_other(url);
  return respond_.json({{"id", id.text()}, {"url", url}, {"version", edited->story.version}});
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

#include "web/story_form.h"

#include <algorithm>
#include <array>
#include <set>

#include "web/photo_pages.h"
#include "web/writing_advice.h"

namespace keepsake::web {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t own_notes = 2;  // empty fields for words of one's own
constexpr std::array<std::string_view, 9> common_notes = {
    "note_pregnancy", "note_baby",    "note_death",    "note_hospital",  "note_medical",
    "note_illness",   "note_suicide", "note_violence", "note_photo_dead"};

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

html::Values& photo_row(html::Values& values, std::string_view section, int place, const Input& photo,
                        const std::string& id) {
  return values.add(section)
      .set("PLACE", place)
      .set("PLACE_NUMBER", place + 1)
      .set("PHOTO_ID", id)
      .set("PHOTO_ALT", photo.text_or_empty("alt"))
      .set("PHOTO_CAPTION", photo.text_or_empty("caption"))
      .set("PHOTO_CREDIT", photo.text_or_empty("credit"));
}

bool is_about(const Refusal* problem, std::string_view field) {
  return problem && problem->field.starts_with(field);
}

}  // namespace

void StoryForm::fill_choices(html::Values& values, const Member& member, const Shown& shown) const {
  const Words chosen = shown.typed.texts("audience").value_or(Words());
  const std::set<std::string> wanted(chosen.begin(), chosen.end());
  const auto choice = [&](std::string_view section, const std::string& word, const std::string& label) {
    html::Values& row = values.add(section);
    row.set("CHOICE_VALUE", word).set("CHOICE_LABEL", label).show_if(wanted.contains(word), "CHOSEN");
  };
  auto circles = uses_.circles.of_owner(member.person());
  respond_.sort_by_name(circles, &Circle::name);
  for (const Circle& circle : circles) {
    choice("CHOICE", "circle:" + circle.id.text(), respond_.say("choice_circle", {{"name", circle.name}}));
  }
  if (shown.story) {
    for (const GuestLink& link : uses_.links.of_item(member.person(), shown.story->item)) {
      choice("CHOICE", "link:" + link.id.text(), respond_.say("choice_link", {{"name", link.name}}));
    }
  }
  choice("WIDE_CHOICE", "members", respond_.say("choice_members"));
  choice("WIDE_CHOICE", "door", respond_.say("choice_door"));
  choice("WIDE_CHOICE", "public", respond_.say("choice_public"));
  const bool wide = wanted.contains("members") || wanted.contains("door") || wanted.contains("public");
  values.show_if(wide, "WIDE_OPEN");
}

void StoryForm::fill_photos(html::Values& values, const Input& typed, const Refusal* problem) const {
  int place = 0, kept = 0;  // a refusal counts the photos that stay
  const auto photos = typed.objects("photos").value_or(std::vector<Input>());
  const auto all = static_cast<std::int64_t>(photos.size());
  for (const Input& photo : photos) {
    const auto id = PublicId::parse(photo.text_or_empty("id"));
    if (!id) continue;
    const bool left_out = photo.boolean("leave_out").value_or(false);
    const std::string field = "photos." + std::to_string(kept) + ".";
    const int here = place++;
    html::Values& row = photo_row(values, "PHOTO", here, photo, id->text());
    row.set("PHOTO_STANDING", respond_.say("photo_moved", {{"place", here + 1}, {"all", all}}));
    row.show_if(left_out, "LEFT_OUT");
    if (left_out) continue;
    ++kept;
    if (is_about(problem, field)) mark_row(values, row, *problem, problem->field.substr(field.size()), here);
  }
  photo_row(values, "NEW_PHOTO", 0, {}, "").set("PHOTO_STANDING", "");  // the page's script says it
}

void StoryForm::fill_notes(html::Values& values, const Input& typed, const Refusal* problem) const {
  Words own = typed.texts("notes").value_or(Words());
  const bool said = !own.empty() || !typed.text_or_empty("note").empty();
  for (const std::string_view id : common_notes) {
    const std::string note = respond_.say(id);
    const auto found = std::find(own.begin(), own.end(), note);
    values.add("COMMON_NOTE").set("NOTE_TEXT", note).show_if(found != own.end(), "CHOSEN");
    if (found != own.end()) own.erase(found);
  }
  const std::size_t common = typed.texts("notes").value_or(Words()).size() - own.size();
  own.resize(std::max(own_notes, own.size() + 1));
  int place = static_cast<int>(common);  // those that are ticked come first as the form is sent
  for (const std::string& note : own) {
    html::Values& row = values.add("NOTE_FIELD");
    row.set("NOTE_TEXT", note).set("PLACE", place);
    if (problem && problem->field == "notes." + std::to_string(place))
      mark_row(values, row, *problem, "notes", place);
    ++place;
  }
  values.show_if(said || is_about(problem, "note"), "NOTES_OPEN");
}

void StoryForm::fill_help(html::Values& values, const Shown& shown) const {
  const Topics chosen = topics_of(shown.typed.texts("topics").value_or(Words()));
  const bool at_gate = shown.typed.boolean("help_at_gate").value_or(false);
  const WritingAdvice advice = advice_on(shown.typed);
  Topics others;
  for (const std::string_view word : topic_words)
    if (const Topic topic = *parse_topic(word); !advice.suggested.has(topic)) others.add(topic);
  if (!advice.suggested.empty())
    add_topics(values.add("SUGGESTED"), respond_, "SUGGESTED_TOPIC", advice.suggested, {});
  add_topics(values, respond_, "TOPIC", others, chosen);
  values.show_if(at_gate, "HELP_AT_GATE");
  const bool open = at_gate || !chosen.empty() || !advice.suggested.empty();
  values.show_if(open || is_about(shown.problem, "topics"), "HELP_OPEN");
  show_passages(values, respond_, advice);
}

void StoryForm::fill_words(html::Values& values, const Input& typed) const {
  values.set("FORM_TITLE", typed.text_or_empty("title")).set("FORM_BODY", typed.text_or_empty("body"));
  values.set("FORM_NOTE", typed.text_or_empty("note")).set("FORM_NAMED", typed.text_or_empty("named"));
  values.set("FORM_LANG", typed.text("lang").value_or(respond_.words().language()));
}

void StoryForm::fill_frame(html::Values& values, const Member& member, const Shown& shown) const {
  const Story* story = shown.story;
  values.set("FORM_ACTION", story ? "/stories/" + story->id.text() + "/edit" : "/stories");
  values.set("STORY_ID", story ? story->id.text() : "");
  values.set("FORM_PERSON", member.self().name);
  values.set("DEVICE_KEY", uses_.device_keys.of(member.person()));
  values.show_if(shown.unsaved, "UNSAVED");
  const auto version = shown.theirs ? shown.theirs->version
                                    : shown.typed.number("version").value_or(story ? story->version : 0);
  if (story) values.add("HAS_VERSION").set("VERSION", version);
  const auto typed = PublicId::parse(shown.typed.text_or_empty("started"));
  if (const auto started = story ? story->started : typed.value_or(PublicId::random()))
    values.add("HAS_START").set("STARTED", started->text());
}

void StoryForm::fill_standing(html::Values& values, const Shown& shown) const {
  const bool published = shown.story && shown.story->state == ItemState::published;
  values.show_if(!published, "MAY_SAVE_DRAFT").show_if(published, "MAY_WITHDRAW");
  values.set("PUBLISH_LABEL", respond_.say(published ? "save_changes" : "publish"));
  if (shown.kept && shown.story) {
    values.add("KEPT_APART")
        .set("KEPT_SENTENCE", respond_.say("copy_kept", {{"day", respond_.day(*shown.kept)}}));
  }
  if (const Story* theirs = shown.theirs)
    values.add("CONFLICT").set("THEIR_TITLE", theirs->title).set("THEIR_BODY", theirs->body);
}

http::Response StoryForm::page(const Member& member, const Shown& shown) const {
  html::Values values;
  const std::string heading = respond_.say(shown.story ? "edit_heading" : "write_heading");
  values.set("FORM_HEADING", heading);
  fill_frame(values, member, shown);
  fill_words(values, shown.typed);
  fill_photos(values, shown.typed, shown.problem);
  fill_notes(values, shown.typed, shown.problem);
  fill_help(values, shown);
  fill_choices(values, member, shown);
  fill_standing(values, shown);
  if (is_about(shown.problem, "lang")) values.show("LANGUAGE_OPEN");
  if (!is_in_row(shown.problem)) show_problem(values, shown.problem, whole_fields);
  // Filled in by the page itself.
  show_upload_words(values, respond_);
  values.set("MOVED_SENTENCE", respond_.say("photo_moved", {{"place", "{place}"}, {"all", "{all}"}}));
  const int status = shown.status ? shown.status : status_of(shown.problem);
  return respond_.page("story_form", values, {.title = heading, .signed_in = member.signed_in()}, status);
}

}  // namespace keepsake::web

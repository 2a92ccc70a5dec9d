#include "web/typed_story.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"
#include "person/person.h"
#include "web/bodies.h"

namespace keepsake::web {
namespace {

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

// Where a photo wants to stand among `all`. One that was given another number than its own goes before or
// after whatever has that number, by the side it comes from.
struct Wish {
  std::int64_t number;
  int side;  // -1 before, 0 stays, 1 after
  auto operator<=>(const Wish&) const = default;
};
Wish wish_of(const Input& photo, std::size_t at) {
  const auto own = static_cast<std::int64_t>(at) + 1;
  const std::int64_t number = photo.number("place").value_or(own);
  return {number, number < own ? -1 : number > own ? 1 : 0};
}

std::vector<Input> in_order(std::vector<Input> photos) {
  std::vector<std::pair<Wish, std::size_t>> order;
  for (std::size_t at = 0; at < photos.size(); ++at) order.emplace_back(wish_of(photos[at], at), at);
  std::sort(order.begin(), order.end());
  std::vector<Input> ordered;
  for (const auto& [wish, at] : order) ordered.push_back(std::move(photos[at]));
  return ordered;
}

std::vector<Input> typed_photos(const Input& typed) {
  return in_order(typed.objects("photos").value_or(std::vector<Input>()));
}

std::vector<StoryChange::Photo> photos_of(const Input& typed, const std::vector<AddedPhoto>& added) {
  std::vector<StoryChange::Photo> photos;
  for (const Input& photo : typed_photos(typed)) {
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

}  // namespace

Words audience_words(const Input& typed) {
  Words words = typed.texts("audience").value_or(Words());
  for (std::string& word : named_people(typed.text_or_empty("named"))) words.push_back(std::move(word));
  return words;
}

StoryChange change_of(const Input& typed, const std::vector<AddedPhoto>& added, const Story* before) {
  StoryChange change{.title = typed.text("title"),
                     .lang = typed.text("lang"),
                     .body = typed.text("body"),
                     .author_note = typed.text("note"),
                     .notes = typed.texts("notes"),
                     .topics = typed.texts("topics"),
                     .help_at_gate = typed.boolean("help_at_gate"),
                     .past_gate = typed.texts("past_gate"),
                     .comments = typed.text("comments"),
                     .state = typed.text("state")};
  if (typed.has("photos") || (!added.empty() && !before)) {
    change.photos = photos_of(typed, added);
  } else if (!added.empty()) {
    Input present;
    present.set("photos", photo_inputs(*before));
    change.photos = photos_of(present, added);
  }
  if (typed.has("audience") || typed.has("named")) change.audience = audience_words(typed);
  return change;
}

Input with_added(Input typed, const std::vector<AddedPhoto>& added) {
  auto photos = typed_photos(typed);
  for (const AddedPhoto& photo : added) {
    Input object;
    object.set("id", photo.id.text());
    photos.push_back(std::move(object));
  }
  typed.set("photos", std::move(photos));
  return typed;
}

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
  input.set("topics", story.topics);
  input.set("help_at_gate", story.help_at_gate);
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

std::string copy_text(const Input& typed) {
  Input kept = typed;
  for (const std::string_view name : {"version", "state", "started", "person", "look"}) kept.remove(name);
  return json_text(kept);
}

std::optional<Input> input_of(const WorkingCopy& copy) {
  auto input = input_from_json(copy.form, story_fields);
  return input.refused() ? std::nullopt : std::optional(*std::move(input));
}

Input form_of(const Story& story, const StoryAudience& audience, const std::optional<WorkingCopy>& copy) {
  auto kept = copy ? input_of(*copy) : std::nullopt;
  if (!kept) return input_of(story, audience);
  kept->set("version", copy->version);
  // Forms kept by an earlier version know neither.
  if (!kept->has("topics")) kept->set("topics", story.topics);
  if (!kept->has("help_at_gate")) kept->set("help_at_gate", story.help_at_gate);
  return *std::move(kept);
}

}  // namespace keepsake::web

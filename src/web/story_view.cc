#include "web/story_view.h"

#include <algorithm>

#include "html/markdown.h"
#include "web/time_text.h"

namespace keepsake::web {
namespace {

namespace json = boost::json;

json::array texts_of(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

struct Shown {
  html::SafeHtml body;    // with the photos that the words place
  html::SafeHtml photos;  // the others, in their order
};

// Numbers the photos of a story as it shows them; each is shown where the words place it, or once after them.
class Showing {
 public:
  Showing(const Respond& respond, const ReadableStory& readable)
      : respond_(respond), readable_(readable), numbers_(readable.story.photos.size()) {}

  bool shown(std::size_t place) const { return numbers_[place] > 0; }
  html::PlacedPhoto show(std::size_t place) {
    html::PlacedPhoto photo = placed(respond_, readable_.story.photos[place]);
    if (!shown(place)) {
      photo.number = numbers_[place] = ++last_;
      photo.at_once = last_ == 1;
    }
    photo.page = photo_address(readable_.id, numbers_[place]);
    return photo;
  }

 private:
  const Respond& respond_;
  const ReadableStory& readable_;
  std::vector<int> numbers_;  // 0: not shown yet
  int last_ = 0;
};

Shown shown(const Respond& respond, const ReadableStory& readable, html::Images images) {
  const Story& story = readable.story;
  Showing showing(respond, readable);
  html::MarkdownOptions options;
  options.images = images;
  options.photo = [&](const PublicId& id) -> std::optional<html::PlacedPhoto> {
    const auto found = std::find_if(story.photos.begin(), story.photos.end(),
                                    [&](const StoryPhoto& photo) { return photo.id == id; });
    if (found == story.photos.end()) return std::nullopt;
    return showing.show(static_cast<std::size_t>(found - story.photos.begin()));
  };
  Shown result{html::markdown(story.body, options), {}};
  html::SafeWriter rest;
  for (std::size_t i = 0; i < story.photos.size(); ++i) {
    if (!showing.shown(i)) rest.add(html::figure(showing.show(i), images));
  }
  result.photos = rest.finish();
  return result;
}

json::array photos_of(const ReadableStory& story) {
  json::array photos;
  for (const StoryPhoto& photo : story.story.photos) photos.push_back(json_of(photo, story.decision.outcome));
  return photos;
}

std::string audience_part(const Respond& respond, const AudienceEntry& entry) {
  switch (entry.key.kind()) {
    case KeyKind::everyone:
      return respond.say("audience_public");
    case KeyKind::door:
      return respond.say("audience_door");
    case KeyKind::members:
      return respond.say("audience_members");
    case KeyKind::followers:
      return respond.say("audience_followers");
    case KeyKind::circle:
      return respond.say("audience_circle", {{"name", entry.name}});
    case KeyKind::person:
      return respond.say("audience_person", {{"name", entry.name}});
    case KeyKind::link:
      return respond.say("audience_link", {{"name", entry.name}});
  }
  return {};
}

}  // namespace

std::string title_of(const Respond& respond, const StoryHead& story) {
  return story.title.empty() ? respond.say("untitled") : story.title;
}

html::PlacedPhoto placed(const Respond& respond, const StoryPhoto& photo) {
  return {.id = photo.id,
          .width = photo.extent.width,
          .height = photo.extent.height,
          .alt = photo.alt.empty() ? respond.say("photo_undescribed") : photo.alt,
          .caption = photo.caption,
          .credit = photo.credit,
          .colours = placeholder_colours(photo.placeholder, photo.extent)};
}

std::string photo_address(const PublicId& story, int number) {
  return "/stories/" + story.text() + "/photos/" + std::to_string(number);
}

std::string audience_sentence(const Respond& respond, const StoryHead& story, const StoryAudience& audience) {
  if (audience.empty()) return respond.say("audience_nobody");
  std::vector<std::string> parts;
  for (const AudienceEntry& entry : audience) parts.push_back(audience_part(respond, entry));
  const bool published = story.state == ItemState::published;
  return respond.say(published ? "audience_list" : "audience_draft", {{"list", respond.list(parts)}});
}

std::string coming_audience_sentence(const Respond& respond, const StoryAudience& audience) {
  if (audience.empty()) return respond.say("publish_nobody");
  std::vector<std::string> parts;
  for (const AudienceEntry& entry : audience) {
    const bool link = entry.key.kind() == KeyKind::link;
    parts.push_back(link ? respond.say("publish_link", {{"name", entry.name}})
                         : audience_part(respond, entry));
  }
  return respond.say("publish_who", {{"list", respond.list(parts)}});
}

html::Values story_values(const Respond& respond, const ReadableStory& readable) {
  const Story& story = readable.story;
  const bool images = readable.decision.outcome == Outcome::open;
  Shown parts = shown(respond, readable, images ? html::Images::shown : html::Images::described);
  html::Values values;
  values.set("STORY_LANG", story.lang).set("STORY_DIR", html::direction_of(story.lang));
  values.set("STORY_TITLE", title_of(respond, story));
  values.set("AUTHOR_NAME", readable.author_name).set("AUTHOR_DISPLAY_NAME", readable.author_display_name);
  values.set("MORE_OF_AUTHOR", respond.say("more_of", {{"name", readable.author_display_name}}));
  if (!story.photos.empty()) values.add("PHOTO_BY_PHOTO").set("STORY_ID", readable.id.text());
  if (story.published_at) {
    values.add("HAS_DATE")
        .set("DATE", day_text(*story.published_at))
        .set("DATE_SAID", respond.day(*story.published_at));
  }
  if (story.state == ItemState::draft)
    values.add("STANDING").set("STANDING_TEXT", respond.say("standing_draft"));
  if (story.state == ItemState::withdrawn) {
    values.add("STANDING").set("STANDING_TEXT", respond.say("standing_withdrawn"));
  }
  if (!images) values.add("DESCRIPTIONS").set("GATE_ID", readable.id.text());
  values.set_html("BODY", parts.body);
  if (!parts.photos.empty()) values.add("HAS_PHOTOS").set_html("PHOTOS", parts.photos);
  return values;
}

json::object json_of(const ReadableStory& readable) {
  const Story& story = readable.story;
  json::object object{
      {"id", readable.id.text()},
      {"url", "/stories/" + readable.id.text()},
      {"state", word_of(story.state)},
      {"title", story.title},
      {"lang", story.lang},
      {"body", story.body},
      {"photos", photos_of(readable)},
      {"note", readable.author_note},
      {"notes", texts_of(readable.notes)},
      {"topics", texts_of(story.topics)},
      {"help_at_gate", story.help_at_gate},
      {"author", {{"name", readable.author_name}, {"display_name", readable.author_display_name}}}};
  if (story.published_at) object["published"] = time_text(*story.published_at);
  if (readable.decision.outcome == Outcome::descriptions) object["accepted"] = "descriptions";
  return object;
}

json::object json_of(const StoryPhoto& photo, Outcome outcome) {
  json::object object{{"caption", photo.caption}, {"alt", photo.alt}, {"credit", photo.credit}};
  if (outcome != Outcome::open) return object;
  object["id"] = photo.id.text();
  object["width"] = photo.extent.width;
  object["height"] = photo.extent.height;
  return object;
}

json::object json_of_gate(const ReadableStory& story) {
  return {{"state", "gated"}, {"note", story.author_note}, {"notes", texts_of(story.notes)}};
}

json::object json_of_own(const StoryHead& story) {
  return {{"id", story.id.text()}, {"title", story.title}, {"state", word_of(story.state)}};
}

json::array json_of(const StoryList& list) {
  json::array stories;
  for (const ListedStory& story : list.stories) {
    stories.push_back({{"id", story.id.text()},
                       {"title", story.title},
                       {"notes", texts_of(story.notes)},
                       {"author", story.author_name}});
  }
  return stories;
}

}  // namespace keepsake::web

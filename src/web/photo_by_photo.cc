#include "web/photo_by_photo.h"

#include <algorithm>
#include <charconv>

#include "html/figure.h"
#include "html/markdown.h"
#include "html/words.h"
#include "web/story_view.h"

namespace keepsake::web {
namespace {

std::optional<int> parse_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number > 0 && text.front() != '0' ? std::optional(number) : std::nullopt;
}

std::string heading_of(const Respond& respond, const PhotoPlace& place) {
  return respond.say("photo_number", {{"number", place.number}, {"of", place.of}});
}

}  // namespace

std::vector<std::size_t> reading_order(const Story& story) {
  std::vector<std::size_t> order;
  html::MarkdownOptions options;
  options.photo = [&](const PublicId& id) -> std::optional<html::PlacedPhoto> {
    const auto found = std::find_if(story.photos.begin(), story.photos.end(),
                                    [&](const StoryPhoto& photo) { return photo.id == id; });
    const auto place = static_cast<std::size_t>(found - story.photos.begin());
    const bool seen = std::find(order.begin(), order.end(), place) != order.end();
    if (found != story.photos.end() && !seen) order.push_back(place);
    return std::nullopt;
  };
  html::markdown(story.body, options);
  for (std::size_t place = 0; place < story.photos.size(); ++place) {
    if (std::find(order.begin(), order.end(), place) == order.end()) order.push_back(place);
  }
  return order;
}

std::optional<PhotoPlace> photo_at(const Story& story, std::string_view text) {
  const auto number = parse_number(text);
  const auto of = static_cast<int>(story.photos.size());
  if (!number || *number > of) return std::nullopt;
  const auto order = reading_order(story);
  return PhotoPlace{&story.photos[order[static_cast<std::size_t>(*number - 1)]], *number, of};
}

html::Values photo_values(const Respond& respond, const ReadableStory& readable, const PhotoPlace& place) {
  const Story& story = readable.story;
  const bool images = readable.decision.outcome == Outcome::open;
  html::PlacedPhoto photo = placed(respond, *place.photo);
  photo.at_once = true;
  html::Values values;
  values.set("STORY_LANG", story.lang).set("STORY_DIR", html::direction_of(story.lang));
  values.set("STORY_ID", readable.id.text()).set("STORY_TITLE", title_of(respond, story));
  values.set("NUMBER", place.number).set("PHOTO_HEADING", heading_of(respond, place));
  values.set_html("PHOTO", html::figure(photo, images ? html::Images::shown : html::Images::described,
                                        html::Room::window));
  if (!images) values.add("DESCRIPTIONS").set("GATE_ID", readable.id.text());
  if (place.number > 1) values.add("BEFORE").set("BEFORE_NUMBER", place.number - 1);
  if (place.number < place.of) values.add("AFTER").set("AFTER_NUMBER", place.number + 1);
  return values;
}

std::string photo_title(const Respond& respond, const Story& story, const PhotoPlace& place) {
  return respond.say("photo_title",
                     {{"photo", heading_of(respond, place)}, {"title", title_of(respond, story)}});
}

boost::json::object json_of_photo(const ReadableStory& story, const PhotoPlace& place) {
  boost::json::object object = json_of(*place.photo, story.decision.outcome);
  object["story"] = "/stories/" + story.id.text();
  object["number"] = place.number;
  object["of"] = place.of;
  if (place.number > 1) object["previous"] = photo_address(story.id, place.number - 1);
  if (place.number < place.of) object["next"] = photo_address(story.id, place.number + 1);
  return object;
}

}  // namespace keepsake::web

#pragma once
// A story's photos one after another, each on a page of its own, in the order in which the story shows them.
#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html/values.h"
#include "story/stories.h"
#include "web/respond.h"

namespace keepsake::web {

// Places in `story.photos`: first those that the words place, where they first do, then the others.
std::vector<std::size_t> reading_order(const Story& story);

struct PhotoPlace {
  const StoryPhoto* photo = nullptr;  // of the story asked about
  int number = 0, of = 0;             // from 1
};
// The photo of this number as it stands in an address: digits alone, without leading zeros. Absent if the
// story has no such photo.
std::optional<PhotoPlace> photo_at(const Story& story, std::string_view number);

// What templates/pages/photo.html shows. Like the story itself without image where only descriptions are
// read.
html::Values photo_values(const Respond& respond, const ReadableStory& story, const PhotoPlace& place);
// "Photo 3 of 12: The week in March"
std::string photo_title(const Respond& respond, const Story& story, const PhotoPlace& place);
boost::json::object json_of_photo(const ReadableStory& story, const PhotoPlace& place);

}  // namespace keepsake::web

#pragma once
// A story as pages and programs get it. What the decision keeps from the viewer is not in ReadableStory, so
// it cannot be here.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "html/figure.h"
#include "html/values.h"
#include "story/stories.h"
#include "web/respond.h"

namespace keepsake::web {

// "Without a title" where there is none.
std::string title_of(const Respond& respond, const StoryHead& story);
// A photo that nobody described says so: to readers of the descriptions, and as the name of its link.
html::PlacedPhoto placed(const Respond& respond, const StoryPhoto& photo);
// Where this photo has a page of its own; `number` as reading_order counts.
std::string photo_address(const PublicId& story, int number);

// What templates/pages/story.html shows of it, aside from what is its author's alone.
html::Values story_values(const Respond& respond, const ReadableStory& story);
// "These may read it: the circle Us, Tane."
std::string audience_sentence(const Respond& respond, const StoryHead& story, const StoryAudience& audience);

// What comes of publishing: "The circle Us and Grandma (by link) may read it."
std::string coming_audience_sentence(const Respond& respond, const StoryAudience& audience);

boost::json::object json_of(const ReadableStory& story);
// With its address only where the outcome is open.
boost::json::object json_of(const StoryPhoto& photo, Outcome outcome);
boost::json::object json_of_gate(const ReadableStory& story);
boost::json::object json_of_own(const StoryHead& story);
boost::json::array json_of(const StoryList& list);

}  // namespace keepsake::web

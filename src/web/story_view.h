#pragma once
// A story as pages and programs get it. What the decision keeps from the viewer is not in ReadableStory, so
// it cannot be here.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "html/values.h"
#include "story/stories.h"
#include "web/respond.h"

namespace keepsake::web {

// What templates/pages/story.html shows of it, aside from what is its author's alone.
html::Values story_values(const Respond& respond, const ReadableStory& story);
// "These may read it: the circle Us, Tane."
std::string audience_sentence(const Respond& respond, const StoryHead& story, const StoryAudience& audience);

boost::json::object json_of(const ReadableStory& story);
boost::json::object json_of_gate(const ReadableStory& story);
boost::json::object json_of_own(const StoryHead& story);
boost::json::array json_of(const StoryList& list);

}  // namespace keepsake::web

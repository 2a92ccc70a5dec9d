#pragma once
// Between a story and its form: what was typed as a change, and a story as its form would send it.
#include <optional>
#include <string>
#include <vector>

#include "photo/ingest.h"
#include "story/stories.h"
#include "story/working_copies.h"
#include "web/input.h"

namespace keepsake::web {

// What the form asks for; `added` are photos that came with it, which join those of `before` if the form
// names none. Photos stand as their numbers say, where the form has numbers.
StoryChange change_of(const Input& typed, const std::vector<AddedPhoto>& added, const Story* before);
// A story as its form would send it.
Input input_of(const Story& story, const StoryAudience& audience);
std::vector<Input> photo_inputs(const Story& story);
// The form as it was typed, photos that came with it among those of the story, all in their order.
Input with_added(Input typed, const std::vector<AddedPhoto>& added);

// What of a form is kept while it is being typed, and back. A text that cannot be read is nothing.
std::string copy_text(const Input& typed);
std::optional<Input> input_of(const WorkingCopy& copy);
// What the form shows: what is kept of the typing, if anything is, and else the story. Its version is the
// one that was typed over.
Input form_of(const Story& story, const StoryAudience& audience, const std::optional<WorkingCopy>& copy);

// The words of the audience that the form asks for, named people among them.
std::vector<std::string> audience_words(const Input& typed);

}  // namespace keepsake::web

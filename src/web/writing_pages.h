#pragma once
// Writing: a story's form, new or as it stands, saving it, the trash.
#include "photo/photos.h"
#include "story/stories.h"
#include "story/working_copies.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/story_form.h"

namespace keepsake::web {

class WritingPages {
 public:
  struct Uses {
    Stories& stories;
    WorkingCopies& copies;
    Photos& photos;
    const StoryForm& form;
  };
  WritingPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response new_form(Ask& ask, const Member& member) const;
  Result<http::Response> create(Ask& ask, const Member& member) const;
  Result<http::Response> edit_form(Ask& ask, const Member& member) const;
  Result<http::Response> change(Ask& ask, const Member& member) const;
  Result<http::Response> remove(Ask& ask, const Member& member) const;
  Result<http::Response> take_back(Ask& ask, const Member& member) const;
  http::Response trash(Ask& ask, const Member& member) const;

 private:
  // What came with the request: the fields, and photos that were already taken in with them.
  struct Typed {
    Input input;
    std::vector<AddedPhoto> added;
    std::optional<Refusal> problem;  // of a photo, or of a form that comes back with what was typed

    Input shown() const;
  };
  Result<Typed> read(Ask& ask, const Member& member) const;
  http::Response begun(Ask& ask, const Member& member, const Typed& typed, const Edited& edited) const;
  // Saves the form without publishing anything by it, and goes on to say who will read it.
  Result<http::Response> before_publishing(const Member& member, const Story& before,
                                           const Typed& typed) const;
  Result<http::Response> changed(Ask& ask, const Member& member, const Story& before,
                                 const Typed& typed) const;
  // Whether a form that wants to be published would show the story to others than it does now.
  bool asks_who(Ask& ask, const Typed& typed, const Story& before) const;

  Uses uses_;
  const Respond& respond_;
};

// A page of somebody else's, sent with the session of `member`: forbidden.
std::optional<Refusal> of_somebody_else(const Respond& respond, const Member& member, const Input& typed);

}  // namespace keepsake::web

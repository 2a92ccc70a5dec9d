#pragma once
// Writing: a story's form, new or as it stands, saving it, the trash.
#include "audience/circles.h"
#include "audience/guest_links.h"
#include "photo/photos.h"
#include "story/stories.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class WritingPages {
 public:
  struct Uses {
    Stories& stories;
    Photos& photos;
    Circles& circles;
    GuestLinks& links;
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
  };
  Result<Typed> read(Ask& ask, const Member& member) const;
  http::Response form(const Member& member, const Story* story, const Input& typed, const Refusal* problem,
                      const Story* theirs = nullptr) const;
  void fill_choices(html::Values& values, const Member& member, const Story* story,
                    const std::vector<std::string>& chosen) const;
  void fill_photos(html::Values& values, const Input& typed, const Refusal* problem) const;
  void fill_notes(html::Values& values, const Input& typed, const Refusal* problem) const;

  Uses uses_;
  const Respond& respond_;
};
// A story as its form would send it.
Input input_of(const Story& story, const StoryAudience& audience);
std::vector<Input> photo_inputs(const Story& story);

}  // namespace keepsake::web

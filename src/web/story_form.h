#pragma once
// The form of a story as a page: as it stands, as it was typed when something was refused, or beside what
// somebody else saved meanwhile.
#include <optional>
#include <string>
#include <vector>

#include "audience/circles.h"
#include "audience/guest_links.h"
#include "html/values.h"
#include "person/device_keys.h"
#include "story/stories.h"
#include "web/input.h"
#include "web/respond.h"

namespace keepsake::web {

class StoryForm {
 public:
  struct Uses {
    Circles& circles;
    GuestLinks& links;
    const DeviceKeys& device_keys;
  };
  StoryForm(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  struct Shown {
    const Story* story = nullptr;      // null: of a new one
    Input typed = {};                  // what stands in the fields
    const Refusal* problem = nullptr;  // why it comes back
    const Story* theirs = nullptr;     // what was saved meanwhile, if that is why
    bool unsaved = false;              // typed just now: what a device keeps is older
    std::optional<Time> kept = {};     // when what stands in the fields was kept apart from the story
    int status = 0;                    // of the answer, if no problem says it
  };
  http::Response page(const Member& member, const Shown& shown) const;

 private:
  void fill_frame(html::Values& values, const Member& member, const Shown& shown) const;
  void fill_words(html::Values& values, const Input& typed) const;
  void fill_photos(html::Values& values, const Input& typed, const Refusal* problem) const;
  void fill_notes(html::Values& values, const Input& typed, const Refusal* problem) const;
  void fill_help(html::Values& values, const Shown& shown) const;
  void fill_choices(html::Values& values, const Member& member, const Shown& shown) const;
  void fill_standing(html::Values& values, const Shown& shown) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

#pragma once
// Before a story is published, or shown to others than before, one page says in a sentence who will be able
// to read it.
#include "helpline/topic.h"
#include "story/stories.h"
#include "story/working_copies.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/story_form.h"

namespace keepsake::web {

class PublishPages {
 public:
  PublishPages(Stories& stories, WorkingCopies& copies, const StoryForm& form, const Respond& respond)
      : stories_(stories), copies_(copies), form_(form), respond_(respond) {}

  Result<http::Response> show(Ask& ask, const Member& member) const;
  Result<http::Response> publish(Ask& ask, const Member& member) const;

 private:
  // The story with what is kept apart from it, as publishing would make it.
  struct Coming {
    Story story;
    std::optional<WorkingCopy> copy;
    Input form;
  };
  Result<Coming> coming(Ask& ask, const Member& member) const;
  // `taken`: topics that are ticked already.
  Result<http::Response> page(Ask& ask, const Member& member, const Coming& coming, int status = 200,
                              Topics taken = {}) const;
  http::Response form_again(const Member& member, const Coming& coming, const Refusal& refusal) const;

  Stories& stories_;
  WorkingCopies& copies_;
  const StoryForm& form_;
  const Respond& respond_;
};

}  // namespace keepsake::web

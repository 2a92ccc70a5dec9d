#pragma once
// What is typed is kept while it is typed: in the story itself while nobody but its author can see it and it
// can be taken as it is, otherwise apart from it.
#include "story/stories.h"
#include "story/working_copies.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/writing_pages.h"

namespace keepsake::web {

class DraftPages {
 public:
  DraftPages(Stories& stories, WorkingCopies& copies, const WritingPages& writing, const Respond& respond)
      : stories_(stories), copies_(copies), writing_(writing), respond_(respond) {}

  // The fields of the form as they were last kept; for a browser the form itself.
  Result<http::Response> show(Ask& ask, const Member& member) const;
  Result<http::Response> keep(Ask& ask, const Member& member) const;
  Result<http::Response> discard(Ask& ask, const Member& member) const;

 private:
  Result<KeptCopy> keep_in_draft(const Member& member, const Story& story, const Input& typed) const;
  Result<KeptCopy> kept(const Member& member, const Story& story, const Input& typed) const;

  Stories& stories_;
  WorkingCopies& copies_;
  const WritingPages& writing_;
  const Respond& respond_;
};

}  // namespace keepsake::web

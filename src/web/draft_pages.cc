#include "web/draft_pages.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "web/bodies.h"
#include "web/story_view.h"
#include "web/typed_story.h"

namespace keepsake::web {
namespace {

constexpr std::uint64_t most_bytes = WorkingCopies::most_bytes;

bool is_in_trash(const Result<Story>& story) {
  return !story.refused() && story->state == ItemState::trashed;
}

}  // namespace

Result<http::Response> DraftPages::show(Ask& ask, const Member& member) const {
  if (!ask.wants_json) return writing_.edit_form(ask, member);
  const PublicId id = ask.id().value_or(PublicId());
  const auto story = stories_.find_own(member.viewer(), id);
  if (story.refused() || is_in_trash(story)) return respond_.not_here();
  const auto copy = copies_.find(member.viewer(), id);
  const Input form = form_of(*story, stories_.audience(*story), copy);
  return respond_.json({{"version", story->version},
                        {"state", word_of(story->state)},
                        {"apart", copy.has_value()},
                        {"form", boost::json::parse(copy_text(form))}});
}

Result<KeptCopy> DraftPages::keep_in_draft(const Member& member, const Story& story,
                                           const Input& typed) const {
  StoryChange change = change_of(typed, {}, &story);
  change.state.reset();
  const auto edited =
      stories_.change(member.viewer(), story.id, change, typed.number("version"), TypedCopy::is_done_with);
  if (edited.refused()) return edited.refusal();
  return KeptCopy{edited->story.version, edited->conflict};
}

// A name that is half typed cannot be taken into the draft yet; it is kept all the same.
Result<KeptCopy> DraftPages::kept(const Member& member, const Story& story, const Input& typed) const {
  if (story.state == ItemState::draft) {
    auto taken = keep_in_draft(member, story, typed);
    if (!taken.refused() || taken.refusal().kind != Refused::invalid) return taken;
  }
  return copies_.keep(member.viewer(), story.id, copy_text(typed), typed.number("version"));
}

Result<http::Response> DraftPages::keep(Ask& ask, const Member& member) const {
  const auto story = stories_.find_own(member.viewer(), ask.id().value_or(PublicId()));
  if (story.refused() || is_in_trash(story)) return respond_.not_here();
  const auto typed = read_input(ask.request, story_fields, most_bytes);
  if (typed.refused()) return typed.refusal();
  if (auto refusal = of_somebody_else(respond_, member, *typed)) return *std::move(refusal);
  const auto outcome = kept(member, *story, *typed);
  if (outcome.refused()) return outcome.refusal();
  if (outcome->conflict) return Refusal{Refused::conflict, respond_.say("error_409_sentence"), "version"};
  return respond_.json({{"version", outcome->version}});
}

Result<http::Response> DraftPages::discard(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  const auto done = copies_.discard(member.viewer(), id);
  if (done.refused()) return done.refusal();
  return ask.wants_json ? respond_.nothing() : respond_.see_other("/stories/" + id.text() + "/edit");
}

}  // namespace keepsake::web

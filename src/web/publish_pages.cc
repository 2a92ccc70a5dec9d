#include "web/publish_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "web/bodies.h"
#include "web/story_view.h"
#include "web/typed_story.h"
#include "web/writing_advice.h"

namespace keepsake::web {
namespace {

using Words = std::vector<std::string>;

constexpr std::uint64_t most_form_bytes = 64 * 1024;

}  // namespace

Result<PublishPages::Coming> PublishPages::coming(Ask& ask, const Member& member) const {
  const PublicId id = ask.id().value_or(PublicId());
  auto story = stories_.find_own(member.viewer(), id);
  if (story.refused() || story->state == ItemState::trashed) return respond_.not_here();
  auto copy = copies_.find(member.viewer(), id);
  Input form = form_of(*story, stories_.audience(*story), copy);
  return Coming{*std::move(story), std::move(copy), std::move(form)};
}

http::Response PublishPages::form_again(const Member& member, const Coming& coming,
                                        const Refusal& refusal) const {
  return form_.page(member, {.story = &coming.story, .typed = coming.form, .problem = &refusal});
}

Result<http::Response> PublishPages::page(Ask& ask, const Member& member, const Coming& coming, int status,
                                          Topics taken) const {
  const auto audience = stories_.audience_named(coming.story, audience_words(coming.form));
  if (audience.refused() && ask.wants_json) return audience.refusal();
  if (audience.refused()) return form_again(member, coming, audience.refusal());
  const std::string sentence = coming_audience_sentence(respond_, *audience);
  const WritingAdvice advice = advice_on(coming.form);
  if (ask.wants_json) {
    boost::json::array words;
    for (const AudienceEntry& entry : *audience) words.push_back(boost::json::value(entry.word));
    return respond_.json({{"version", coming.story.version},
                          {"audience", std::move(words)},
                          {"sentence", sentence},
                          {"advice", json_of(advice)}});
  }
  html::Values values;
  const std::string title = coming.form.text_or_empty("title");
  const std::string heading = respond_.say("publish_heading");
  values.set("STORY_ID", coming.story.id.text()).set("VERSION", coming.story.version);
  values.set("STORY_TITLE", title.empty() ? respond_.say("untitled") : title);
  values.set("WHO_SENTENCE", sentence);
  values.show_if(audience->empty(), "NOBODY_YET").show_if(status == 409, "CHANGED");
  for (const std::string& note : coming.form.texts("notes").value_or(Words()))
    values.add("HAS_NOTES").set("NOTE_TEXT", note);
  values.show_if(coming.form.has("notes") && !coming.form.texts("notes")->empty(), "NOTES_FIRST");
  show_passages(values, respond_, advice);
  if (!advice.suggested.empty())
    add_topics(values.add("SUGGESTED"), respond_, "SUGGESTED_TOPIC", advice.suggested, taken);
  return respond_.page("publish", values, {.title = heading, .signed_in = member.signed_in()}, status);
}

Result<http::Response> PublishPages::show(Ask& ask, const Member& member) const {
  const auto story = coming(ask, member);
  if (story.refused()) return story.refusal();
  return page(ask, member, *story);
}

Result<http::Response> PublishPages::publish(Ask& ask, const Member& member) const {
  const auto story = coming(ask, member);
  if (story.refused()) return story.refusal();
  const auto typed = read_input(ask.request, publish_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  StoryChange change = story->copy ? change_of(story->form, {}, &story->story) : StoryChange();
  change.state = "published";
  const Words taken = typed->texts("topics").value_or(Words());
  if (!taken.empty()) {
    change.topics = story->form.texts("topics").value_or(Words());
    change.topics->insert(change.topics->end(), taken.begin(), taken.end());
  }
  const auto edited =
      stories_.change(member.viewer(), story->story.id, change,
                      typed->number("version").value_or(story->story.version), TypedCopy::is_done_with);
  if (edited.refused() && ask.wants_json) return edited.refusal();
  if (edited.refused()) return form_again(member, *story, edited.refusal());
  if (edited->conflict && ask.wants_json)
    return Refusal{Refused::conflict, respond_.say("error_409_sentence"), "version"};
  if (edited->conflict) return page(ask, member, *story, 409, topics_of(taken));
  const std::string id = story->story.id.text(), url = "/stories/" + id;
  if (!ask.wants_json) return respond_.see_other(url);
  return respond_.json({{"id", id}, {"url", url}, {"version", edited->story.version}});
}

}  // namespace keepsake::web

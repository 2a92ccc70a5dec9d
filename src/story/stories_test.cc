// Writing: what one may do with one's own stories.
#include "story/stories.h"

#include <gtest/gtest.h>

#include <thread>

#include "photo/photos.h"
#include "support/databases.h"
#include "support/stories.h"

namespace keepsake {
namespace {

using Words = std::vector<std::string>;
using Photos = std::vector<StoryChange::Photo>;

class StoriesTest : public support::StoreTest {
 protected:
  support::StoryWorld world{database()};
  Stories& stories = world.stories;
  const PersonId mere = world.persons.add("mere"), tama = world.persons.add("tama");

  Story create(const StoryChange& draft) { return *stories.create(world.as(mere), draft); }
  Edited change(const Story& story, const StoryChange& wish, std::optional<std::int64_t> expected = {}) {
    return *stories.change(world.as(mere), story.id, wish, expected);
  }
  Story stored(const Story& story) { return *stories.find_own(world.as(mere), story.id); }
  bool visible(const Viewer& viewer, const Story& story) {
    return !stories.find_visible(viewer, story.id).refused();
  }
  Words audience(const Story& story) {
    Words words;
    for (const AudienceEntry& entry : stories.audience(story)) words.push_back(entry.word);
    return words;
  }
  std::pair<Refused, std::string> refusal(const StoryChange& draft) {
    const auto result = stories.create(world.as(mere), draft);
    EXPECT_TRUE(result.refused());
    return {result.refusal().kind, result.refusal().field};
  }
};

TEST_P(StoriesTest, OwnStoriesAreFoundByTheirItems) {
  const Story first = create({.title = "First"}), second = create({.title = "Second"});
  const auto others = stories.create(world.as(tama), {.title = "Of Tama"});
  ASSERT_FALSE(stories.move_to_trash(world.as(mere), first.id).refused());
  const auto heads = stories.own_of(world.as(mere), {second.item, others->item, first.item});
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[0].title, "Second");
  EXPECT_EQ(heads[1].title, "First");
  EXPECT_TRUE(stories.own_of(world.nobody(), {second.item}).empty());
}

TEST_P(StoriesTest, AStoryIsKeptAsItWasWritten) {
  const PublicId one = world.photo(mere), two = world.photo(mere);
  StoryChange draft;
  draft.title = "Tāne";
  draft.lang = "mi";
  draft.body = "Text ![](photo:" + two.text() + ")";
  draft.author_note = "Be gentle.";
  draft.notes = Words{"hospital", "loss of a pregnancy"};
  draft.topics = Words{"bereavement", "children"};
  draft.photos = Photos{{two.text(), "a door", "The ward", "Photo: supplied"}, {one.text(), "", "", ""}};
  draft.comments = "named";
  const Story made = create(draft);
  const Story story = stored(made);
  EXPECT_EQ(story.id, made.id);
  EXPECT_EQ(story.title, "Tāne");
  EXPECT_EQ(story.lang, "mi");
  EXPECT_EQ(story.body, *draft.body);
  EXPECT_EQ(story.author_note, "Be gentle.");
  EXPECT_EQ(story.notes, *draft.notes);
  EXPECT_EQ(story.topics, *draft.topics);
  EXPECT_EQ(story.comments, CommentRule::named);
  EXPECT_EQ(story.state, ItemState::draft);
  EXPECT_EQ(story.version, 1);
  EXPECT_EQ(story.created, world.clock.now());
  ASSERT_EQ(story.photos.size(), 2u);
  EXPECT_EQ(story.photos[0].id, two);
  EXPECT_EQ(story.photos[0].caption, "The ward");
  EXPECT_EQ(story.photos[0].extent, (Extent{4000, 3000}));
  EXPECT_EQ(story.photos[1].id, one);
  EXPECT_FALSE(story.published_at);
}

TEST_P(StoriesTest, WhereHelpIsShownIsKeptAndStaysUntilItIsChanged) {
  const Story plain = create({.title = "Plain"});
  EXPECT_FALSE(stored(plain).help_at_gate);
  const Story story = create({.topics = Words{"illness"}, .help_at_gate = true});
  EXPECT_TRUE(stored(story).help_at_gate);
  change(story, {.title = "Another title"});
  EXPECT_TRUE(stored(story).help_at_gate);
  change(story, {.help_at_gate = false});
  EXPECT_FALSE(stored(story).help_at_gate);
  EXPECT_EQ(stored(story).topics, Words{"illness"});
}

TEST_P(StoriesTest, TheSameFormSentAgainMakesNoSecondStory) {
  const PublicId form = PublicId::random();
  const auto first = stories.begin(world.as(mere), {.title = "Once"}, form);
  ASSERT_FALSE(first->conflict);
  const auto again = stories.begin(world.as(mere), {.title = "Once more"}, form);
  EXPECT_TRUE(again->conflict);
  EXPECT_EQ(again->story.id, first->story.id);
  EXPECT_EQ(again->story.title, "Once");
  EXPECT_EQ(stories.own(world.as(mere)).size(), 1u);
}

TEST_P(StoriesTest, AFormOfSomebodyElsesMeansNothing) {
  const PublicId form = PublicId::random();
  const auto mine = stories.begin(world.as(mere), {.title = "Mine"}, form);
  const auto theirs = stories.begin(world.as(tama), {.title = "Theirs"}, form);
  EXPECT_FALSE(theirs->conflict);
  EXPECT_NE(theirs->story.id, mine->story.id);
  ASSERT_FALSE(stories.forget(world.as(mere), mine->story.id).refused());
  EXPECT_FALSE(stories.begin(world.as(mere), {}, form)->conflict);
}

TEST_P(StoriesTest, AnAudienceThatIsOnlyTypedHasItsNames) {
  const auto circle = world.circles.create(mere, "Us", {});
  const Story story = create({});
  const auto named = stories.audience_named(story, {"public", "circle:" + circle->text(), "person:tama"});
  ASSERT_FALSE(named.refused());
  Words names;
  for (const AudienceEntry& entry : *named) names.push_back(entry.word + "=" + entry.name);
  EXPECT_EQ(std::count(names.begin(), names.end(), "circle:" + circle->text() + "=Us"), 1);
  EXPECT_EQ(named->size(), 3u);
  EXPECT_EQ(stories.audience_named(story, {"person:nobody"}).refusal().field, "audience");
  EXPECT_TRUE(audience(story).empty());
}

TEST_P(StoriesTest, AnEmptyStoryIsADraftForItsAuthorAlone) {
  const Story story = create({});
  EXPECT_EQ(story.lang, "en");
  EXPECT_TRUE(visible(world.as(mere), story));
  EXPECT_FALSE(visible(world.as(tama), story));
  EXPECT_FALSE(visible(world.nobody(), story));
}

TEST_P(StoriesTest, WhoeverIsNotSignedInWritesNothing) {
  EXPECT_EQ(stories.create(world.nobody(), {}).refusal().kind, Refused::sign_in);
  const Story story = create({});
  EXPECT_EQ(stories.change(world.nobody(), story.id, {}).refusal().kind, Refused::not_found);
  EXPECT_TRUE(stories.own(world.nobody()).empty());
  EXPECT_TRUE(stories.trashed(world.nobody()).empty());
}

TEST_P(StoriesTest, SomebodyElsesStoryIsAbsent) {
  const Story story = create({.audience = Words{"public"}, .state = "published"});
  const Viewer other = world.as(tama);
  const Refusal absent = stories.find_own(other, PublicId::random()).refusal();
  const Refusal refusals[] = {
      stories.find_own(other, story.id).refusal(),
      stories.change(other, story.id, {.title = "x"}).refusal(),
      stories.move_to_trash(other, story.id).refusal(),
      stories.take_back(other, story.id).refusal(),
      stories.forget(other, story.id).refusal(),
  };
  for (const Refusal& refusal : refusals) {
    EXPECT_EQ(refusal.kind, Refused::not_found);
    EXPECT_EQ(refusal.sentence, absent.sentence);
  }
  EXPECT_EQ(stored(story).title, "");
}

TEST_P(StoriesTest, APhotoOfSomebodyElseAndNoneAreTheSame) {
  const PublicId mine = world.photo(mere), theirs = world.photo(tama);
  for (const std::string& id : {theirs.text(), PublicId::random().text(), std::string("no id")}) {
    const auto result =
        stories.create(world.as(mere), {.photos = Photos{{mine.text(), "", "", ""}, {id, "", "", ""}}});
    ASSERT_TRUE(result.refused());
    EXPECT_EQ(result.refusal().kind, Refused::invalid);
    EXPECT_EQ(result.refusal().field, "photos.1.id");
    EXPECT_EQ(result.refusal().sentence, "This photo is not among yours.");
  }
  EXPECT_TRUE(stories.own(world.as(mere)).empty());
}

TEST_P(StoriesTest, ARefusedChangeLeavesEverythingAsItWas) {
  const Story story = create({.title = "A", .audience = Words{"members"}});
  StoryChange wish{.title = "B", .audience = Words{"public", "person:nobody-here"}, .state = "published"};
  const auto result = stories.change(world.as(mere), story.id, wish);
  EXPECT_EQ(result.refusal().field, "audience");
  EXPECT_EQ(stored(story).title, "A");
  EXPECT_EQ(stored(story).version, 1);
  EXPECT_EQ(audience(story), Words{"members"});
  EXPECT_FALSE(visible(world.as(tama), story));
}

TEST_P(StoriesTest, AChangeTakesWhatItNamesAndNoMore) {
  const PublicId photo = world.photo(mere);
  const Story story = create({.title = "A",
                              .body = "B",
                              .notes = Words{"n"},
                              .photos = Photos{{photo.text(), "", "", ""}},
                              .audience = Words{"members"},
                              .state = "published"});
  world.clock.advance(std::chrono::hours(1));
  const Edited edited = change(story, {.body = "C"});
  EXPECT_FALSE(edited.conflict);
  EXPECT_EQ(edited.story.version, 2);
  const Story now = stored(story);
  EXPECT_EQ(now.title, "A");
  EXPECT_EQ(now.body, "C");
  EXPECT_EQ(now.notes, Words{"n"});
  EXPECT_EQ(now.photos.size(), 1u);
  EXPECT_EQ(now.state, ItemState::published);
  EXPECT_EQ(now.changed, world.clock.now());
  EXPECT_EQ(now.created, story.created);
  EXPECT_EQ(now.published_at, story.published_at);
  EXPECT_EQ(audience(story), Words{"members"});
}

TEST_P(StoriesTest, TwoEditsAtOnceLoseNothing) {
  const Story story = create({.body = "As it was"});
  const Edited first = change(story, {.body = "First"}, story.version);
  EXPECT_FALSE(first.conflict);
  const Edited second = change(story, {.body = "Second"}, story.version);
  EXPECT_TRUE(second.conflict);
  EXPECT_EQ(second.story.body, "First");
  EXPECT_EQ(second.story.version, first.story.version);
  EXPECT_EQ(stored(story).body, "First");
  EXPECT_FALSE(change(story, {.body = "Second"}, second.story.version).conflict);
}

TEST_P(StoriesTest, OfManyEditsAtOnceOneWins) {
  const Story story = create({});
  const Viewer author = world.as(mere);
  std::atomic<int> won = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const auto edited = stories.change(author, story.id, {.body = std::to_string(i)}, story.version);
      if (!edited->conflict) ++won;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(stored(story).version, 2);
}

TEST_P(StoriesTest, PublishingAndWithdrawingTakeEffectAtOnce) {
  const Story story = create({.audience = Words{"public"}});
  EXPECT_FALSE(visible(world.nobody(), story));
  change(story, {.state = "published"});
  EXPECT_TRUE(visible(world.nobody(), story));
  const Time published = *stored(story).published_at;
  change(story, {.state = "withdrawn"});
  EXPECT_EQ(stored(story).state, ItemState::withdrawn);
  EXPECT_FALSE(visible(world.nobody(), story));
  world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(change(story, {.state = "published"}).story.published_at, published);
  EXPECT_EQ(stored(story).published_at, published);
}

TEST_P(StoriesTest, TheAudienceIsReplacedWhole) {
  const std::string circle = "circle:" + world.circles.create(mere, "Whānau", {"tama"})->text();
  const Story story = create({.audience = Words{circle, "members"}, .state = "published"});
  EXPECT_TRUE(visible(world.as(tama), story));
  change(story, {.audience = Words{"person:tama", circle}, .past_gate = Words{circle}});
  const StoryAudience entries = stories.audience(story);
  ASSERT_EQ(entries.size(), 2u);
  for (const AudienceEntry& entry : entries) {
    EXPECT_EQ(entry.past_gate, entry.word == circle);
    EXPECT_EQ(entry.name, entry.word == circle ? "Whānau" : "Display tama");
  }
  change(story, {.audience = Words{}});
  EXPECT_TRUE(audience(story).empty());
  EXPECT_FALSE(visible(world.as(tama), story));
}

TEST_P(StoriesTest, WhoIsPastTheGateStaysSoUntilToldOtherwise) {
  const Story story = create({.notes = Words{"n"},
                              .audience = Words{"person:tama"},
                              .past_gate = Words{"person:tama"},
                              .state = "published"});
  EXPECT_EQ(stories.find_visible(world.as(tama), story.id)->decision.outcome, Outcome::open);
  change(story, {.audience = Words{"person:tama", "members"}});
  EXPECT_EQ(stories.find_visible(world.as(tama), story.id)->decision.outcome, Outcome::open);
  change(story, {.past_gate = Words{}});
  EXPECT_EQ(stories.find_visible(world.as(tama), story.id)->decision.outcome, Outcome::gated);
}

TEST_P(StoriesTest, OnlyTheAudienceCanBeLetPastTheGate) {
  EXPECT_EQ(refusal({.audience = Words{"members"}, .past_gate = Words{"person:tama"}}).second, "past_gate");
  EXPECT_EQ(refusal({.audience = Words{"members"}, .past_gate = Words{"members"}}).second, "past_gate");
  EXPECT_EQ(refusal({.past_gate = Words{"person:nobody-here"}}).second, "past_gate");
  EXPECT_EQ(refusal({.audience = Words(201, "public")}).second, "audience");
}

TEST_P(StoriesTest, WhatIsKeptUnderTheEpochEndsWithEveryVisibleChange) {
  const Story story = create({.audience = Words{"public"}});
  const auto before = world.epoch.current();
  change(story, {.body = "still a draft"});
  EXPECT_EQ(world.epoch.current(), before);
  change(story, {.state = "published"});
  const auto published = world.epoch.current();
  EXPECT_GT(published, before);
  change(story, {.body = "for everybody"});
  EXPECT_GT(world.epoch.current(), published);
}

TEST_P(StoriesTest, TheTrashHidesAndGivesBack) {
  const Story story = create({.body = "B", .audience = Words{"public"}, .state = "published"});
  ASSERT_FALSE(stories.move_to_trash(world.as(mere), story.id).refused());
  EXPECT_FALSE(visible(world.nobody(), story));
  EXPECT_FALSE(visible(world.as(mere), story));
  EXPECT_TRUE(stories.own(world.as(mere)).empty());
  const auto trashed = stories.trashed(world.as(mere));
  ASSERT_EQ(trashed.size(), 1u);
  EXPECT_EQ(trashed[0].trashed_at, world.clock.now());
  EXPECT_EQ(stories.change(world.as(mere), story.id, {.body = "C"}).refusal().kind, Refused::not_found);

  const Story back = *stories.take_back(world.as(mere), story.id);
  EXPECT_EQ(back.state, ItemState::withdrawn);
  EXPECT_EQ(back.body, "B");
  EXPECT_FALSE(back.trashed_at);
  EXPECT_TRUE(stories.trashed(world.as(mere)).empty());
  EXPECT_FALSE(visible(world.nobody(), story));
  change(story, {.state = "published"});
  EXPECT_TRUE(visible(world.nobody(), story));
}

TEST_P(StoriesTest, ADraftComesBackAsADraft) {
  const Story story = create({});
  ASSERT_FALSE(stories.move_to_trash(world.as(mere), story.id).refused());
  EXPECT_EQ(stories.take_back(world.as(mere), story.id)->state, ItemState::draft);
  EXPECT_EQ(stories.take_back(world.as(mere), story.id)->state, ItemState::draft);
}

TEST_P(StoriesTest, TheTrashIsEmptiedAfterThirtyDays) {
  const Story early = create({}), late = create({}), kept = create({});
  ASSERT_FALSE(stories.move_to_trash(world.as(mere), early.id).refused());
  world.clock.advance(std::chrono::hours(24 * 10));
  ASSERT_FALSE(stories.move_to_trash(world.as(mere), late.id).refused());
  ASSERT_FALSE(stories.move_to_trash(world.as(mere), early.id).refused());
  world.clock.advance(std::chrono::hours(24 * 20) - std::chrono::seconds(1));
  EXPECT_EQ(stories.sweep_trash(), 0);
  world.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(stories.sweep_trash(), 1);
  EXPECT_TRUE(stories.find_own(world.as(mere), early.id).refused());
  EXPECT_FALSE(stories.find_own(world.as(mere), late.id).refused());
  world.clock.advance(std::chrono::hours(24 * 1000));
  EXPECT_EQ(stories.sweep_trash(), 1);
  EXPECT_FALSE(stories.find_own(world.as(mere), kept.id).refused());
}

TEST_P(StoriesTest, AFullTrashIsEmptiedInSteps) {
  for (int i = 0; i < 45; ++i) ASSERT_FALSE(stories.move_to_trash(world.as(mere), create({}).id).refused());
  world.clock.advance(story_rules::trash_days);
  EXPECT_EQ(stories.sweep_trash(), 45);
}

TEST_P(StoriesTest, ForGoodForgetsTheStoryAndKeepsItsPhotos) {
  const PublicId photo = world.photo(mere);
  const Story story = create({.photos = Photos{{photo.text(), "", "", ""}}, .audience = Words{"members"}});
  ASSERT_FALSE(stories.forget(world.as(mere), story.id).refused());
  EXPECT_TRUE(stories.find_own(world.as(mere), story.id).refused());
  EXPECT_TRUE(stories.forget(world.as(mere), story.id).refused());
  EXPECT_FALSE(stories.public_id(story.item));
  database().read([&](db::Reader& reader) {
    EXPECT_EQ(photos::by_ids(reader, mere, std::vector{photo}).size(), 1u);
    EXPECT_FALSE(Items::facts(reader, story.item));
    EXPECT_FALSE(reader.exists("SELECT 1 FROM story_photo"));
  });
}

TEST_P(StoriesTest, APersonGoesWithTheirStories) {
  const Story story =
      create({.photos = Photos{{world.photo(mere).text(), "", "", ""}}, .audience = Words{"public"}});
  database().write([&](db::Tx& tx) { tx.execute("DELETE FROM photo"); });
  ASSERT_FALSE(world.persons.people.remove(mere).refused());
  EXPECT_FALSE(stories.public_id(story.item));
}

TEST_P(StoriesTest, OnesOwnAreListedNewestFirstInPages) {
  std::vector<PublicId> made;
  for (int i = 0; i < 5; ++i) made.push_back(create({.title = std::to_string(i)}).id);
  const auto first = stories.own(world.as(mere), {}, 2);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].title, "4");
  const auto second = stories.own(world.as(mere), first[1].id, 2);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].title, "2");
  EXPECT_EQ(stories.own(world.as(mere), second[1].id, 2).size(), 1u);
  EXPECT_TRUE(stories.own(world.as(tama)).empty());
}

KEEPSAKE_ON_BOTH_ENGINES(StoriesTest);

}  // namespace
}  // namespace keepsake

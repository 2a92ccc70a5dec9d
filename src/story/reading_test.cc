// Reading: what leaves Stories for whom.
#include <gtest/gtest.h>

#include "audience/blocks.h"
#include "story/stories.h"
#include "support/databases.h"
#include "support/stories.h"

namespace keepsake {
namespace {

using Words = std::vector<std::string>;

class ReadingTest : public support::StoreTest {
 protected:
  support::StoryWorld world{database()};
  Stories& stories = world.stories;
  const PersonId mere = world.persons.add("mere"), tama = world.persons.add("tama");
  const PublicId photo = world.photo(mere);

  StoryChange full() {
    StoryChange draft;
    draft.title = "The title";
    draft.lang = "mi";
    draft.body = "The body ![](photo:" + photo.text() + ")";
    draft.topics = Words{"bereavement"};
    draft.photos = std::vector<StoryChange::Photo>{{photo.text(), "The alt", "The caption", "The credit"}};
    draft.audience = Words{"public"};
    draft.state = "published";
    return draft;
  }
  StoryChange with_notes() {
    StoryChange draft = full();
    draft.author_note = "Be gentle.";
    draft.notes = Words{"hospital"};
    return draft;
  }
  Story create(const StoryChange& draft) { return *stories.create(world.as(mere), draft); }
  Result<Done> accept(const Story& story, Accepted how) {
    return accept_as(world.as(tama), story.id, how, stories.gate_of(world.as(tama), story.id)->gate_version);
  }
  Result<Done> accept_as(const Viewer& viewer, const PublicId& id, Accepted how,
                         std::optional<std::int64_t> shown) {
    return wait_for(stories.accept_gate(viewer, id, how, shown));
  }
  ReadableStory read(const Viewer& viewer, const Story& story) {
    return *stories.find_visible(viewer, story.id);
  }
};

TEST_P(ReadingTest, AnOpenStoryIsThereWhole) {
  const Story story = create(full());
  const ReadableStory seen = read(world.nobody(), story);
  EXPECT_EQ(seen.decision.outcome, Outcome::open);
  EXPECT_EQ(seen.author_name, "mere");
  EXPECT_EQ(seen.author_display_name, "Display mere");
  EXPECT_EQ(seen.story.title, "The title");
  EXPECT_EQ(seen.story.body, story.body);
  ASSERT_EQ(seen.story.photos.size(), 1u);
  EXPECT_EQ(seen.story.photos[0].id, photo);
}

TEST_P(ReadingTest, HiddenAndAbsentAreTheSame) {
  StoryChange draft = full();
  draft.audience = Words{};
  const Story hidden = create(draft);
  const Refusal one = stories.find_visible(world.as(tama), hidden.id).refusal();
  const Refusal other = stories.find_visible(world.as(tama), PublicId::random()).refusal();
  EXPECT_EQ(one.kind, Refused::not_found);
  EXPECT_EQ(other.kind, one.kind);
  EXPECT_EQ(other.sentence, one.sentence);
  EXPECT_EQ(stories.gate_of(world.as(tama), hidden.id).refusal().sentence, one.sentence);
  EXPECT_EQ(accept_as(world.as(tama), hidden.id, Accepted::all, 0).refusal().sentence, one.sentence);
  EXPECT_EQ(accept_as(world.as(tama), PublicId::random(), Accepted::all, 0).refusal().sentence, one.sentence);
}

TEST_P(ReadingTest, AGatedStoryIsItsNotesAlone) {
  const Story story = create(with_notes());
  for (const Viewer& viewer : {world.nobody(), world.as(tama)}) {
    const ReadableStory seen = read(viewer, story);
    EXPECT_EQ(seen.decision.outcome, Outcome::gated);
    EXPECT_EQ(seen.author_note, "Be gentle.");
    EXPECT_EQ(seen.notes, Words{"hospital"});
    EXPECT_EQ(seen.author_display_name, "Display mere");
    const Story nothing;
    EXPECT_EQ(seen.story.title, "");
    EXPECT_EQ(seen.story.body, "");
    EXPECT_EQ(seen.story.lang, nothing.lang);
    EXPECT_TRUE(seen.story.photos.empty());
    EXPECT_TRUE(seen.story.topics.empty());
    EXPECT_TRUE(seen.story.notes.empty());
    EXPECT_EQ(seen.story.author_note, "");
    EXPECT_EQ(seen.story.id, nothing.id);
    EXPECT_EQ(seen.story.item, nothing.item);
    EXPECT_EQ(seen.story.version, nothing.version);
    EXPECT_EQ(seen.story.created, nothing.created);
  }
}

TEST_P(ReadingTest, AGateShowsTopicsOnlyWhereItsAuthorWantsHelpShownThere) {
  StoryChange draft = with_notes();
  draft.help_at_gate = true;
  const Story story = create(draft);
  const ReadableStory seen = read(world.nobody(), story);
  EXPECT_EQ(seen.decision.outcome, Outcome::gated);
  EXPECT_TRUE(seen.story.help_at_gate);
  EXPECT_EQ(seen.story.topics, Words{"bereavement"});
  EXPECT_EQ(seen.story.title, "");
  EXPECT_EQ(seen.story.body, "");
  EXPECT_TRUE(seen.story.photos.empty());
  ASSERT_FALSE(stories.change(world.as(mere), story.id, {.help_at_gate = false}).refused());
  EXPECT_FALSE(read(world.nobody(), story).story.help_at_gate);
  EXPECT_TRUE(read(world.nobody(), story).story.topics.empty());
}

TEST_P(ReadingTest, AnAuthorsNoteAloneMakesAGateAndSoDoesTheDoor) {
  StoryChange noted = full(), behind_door = full();
  noted.author_note = "Be gentle.";
  behind_door.audience = Words{"door"};
  EXPECT_EQ(read(world.nobody(), create(noted)).decision.outcome, Outcome::gated);
  EXPECT_EQ(read(world.nobody(), create(behind_door)).decision.outcome, Outcome::gated);
}

TEST_P(ReadingTest, AcceptingOpensForTheOneWhoAccepted) {
  const Story story = create(with_notes());
  ASSERT_FALSE(accept(story, Accepted::all).refused());
  EXPECT_EQ(read(world.as(tama), story).story.body, story.body);
  EXPECT_EQ(read(world.nobody(), story).decision.outcome, Outcome::gated);
  EXPECT_EQ(accept_as(world.nobody(), story.id, Accepted::all, 0).refusal().kind, Refused::sign_in);
}

TEST_P(ReadingTest, WhoDoesNotSayWhichGateTheyWereShownAcceptsTheOneThatStands) {
  const Story story = create(with_notes());
  ASSERT_FALSE(accept_as(world.as(tama), story.id, Accepted::all, std::nullopt).refused());
  EXPECT_EQ(read(world.as(tama), story).decision.outcome, Outcome::open);
}

TEST_P(ReadingTest, AGateThatChangedMeanwhileIsNotAccepted) {
  const Story story = create(with_notes());
  const std::int64_t seen = read(world.as(tama), story).decision.gate_version;
  const StoryChange more{.notes = Words{"hospital", "a funeral"}};
  ASSERT_FALSE(stories.change(world.as(mere), story.id, more).refused());
  EXPECT_EQ(accept_as(world.as(tama), story.id, Accepted::all, seen).refusal().kind, Refused::conflict);
  EXPECT_EQ(read(world.as(tama), story).decision.outcome, Outcome::gated);
}

TEST_P(ReadingTest, WithoutAnAccountTheCookiesAcceptanceCounts) {
  const Story story = create(with_notes());
  const GateOf gate = *stories.gate_of(world.nobody(), story.id);
  const Viewer accepted =
      world.viewers.make({.gate_passes = {{gate.item, gate.gate_version, Accepted::all}}});
  EXPECT_EQ(read(accepted, story).decision.outcome, Outcome::open);
  const StoryChange more{.notes = Words{"hospital", "a funeral"}};
  ASSERT_FALSE(stories.change(world.as(mere), story.id, more).refused());
  EXPECT_EQ(read(accepted, story).decision.outcome, Outcome::gated);
  EXPECT_GT(stories.gate_of(world.nobody(), story.id)->gate_version, gate.gate_version);
}

TEST_P(ReadingTest, WhatDoesNotConcernTheGateLeavesAcceptancesStanding) {
  const Story story = create(with_notes());
  ASSERT_FALSE(accept(story, Accepted::all).refused());
  StoryChange same = with_notes();
  same.body = "Another body";
  ASSERT_FALSE(stories.change(world.as(mere), story.id, same).refused());
  EXPECT_EQ(read(world.as(tama), story).story.body, "Another body");
}

TEST_P(ReadingTest, WithoutNotesTheGateIsGone) {
  const Story story = create(with_notes());
  ASSERT_FALSE(stories.change(world.as(mere), story.id, {.author_note = "", .notes = Words{}}).refused());
  EXPECT_EQ(read(world.nobody(), story).decision.outcome, Outcome::open);
}

TEST_P(ReadingTest, DescriptionsOnlyCarryWordsAndNoAddresses) {
  const Story story = create(with_notes());
  ASSERT_FALSE(accept(story, Accepted::descriptions).refused());
  const ReadableStory seen = read(world.as(tama), story);
  EXPECT_EQ(seen.decision.outcome, Outcome::descriptions);
  EXPECT_EQ(seen.story.title, "The title");
  ASSERT_EQ(seen.story.photos.size(), 1u);
  EXPECT_EQ(seen.story.photos[0].alt, "The alt");
  EXPECT_EQ(seen.story.photos[0].caption, "The caption");
  EXPECT_NE(seen.story.photos[0].id, photo);
  EXPECT_EQ(seen.story.photos[0].row, PhotoId{});
  EXPECT_EQ(seen.story.body, "The body ![](photo:" + seen.story.photos[0].id.text() + ")");
}

TEST_P(ReadingTest, TheFeedShowsOthersByTitleAndNotesNewestFirst) {
  const Story first = create(with_notes());
  world.clock.advance(std::chrono::seconds(1));
  StoryChange draft = full();
  draft.title = "The second";
  const Story second = create(draft);
  create({.title = "A draft", .audience = Words{"public"}});
  const StoryList list = stories.feed(world.as(tama), {}, 10);
  ASSERT_EQ(list.stories.size(), 2u);
  EXPECT_EQ(list.stories[0].title, "The second");
  EXPECT_EQ(list.stories[1].id, first.id);
  EXPECT_EQ(list.stories[1].notes, Words{"hospital"});
  EXPECT_EQ(list.stories[1].author_name, "mere");
  EXPECT_EQ(list.stories[1].published_at, *first.published_at);
  EXPECT_FALSE(list.next);
  EXPECT_TRUE(stories.feed(world.as(mere), {}, 10).stories.empty());
}

TEST_P(ReadingTest, TheFeedGoesOnWhereItEnded) {
  for (int i = 0; i < 3; ++i) {
    create(full());
    world.clock.advance(std::chrono::seconds(1));
  }
  const StoryList first = stories.feed(world.nobody(), {}, 2);
  EXPECT_EQ(first.stories.size(), 2u);
  ASSERT_TRUE(first.next);
  EXPECT_EQ(stories.feed(world.nobody(), first.next, 2).stories.size(), 1u);
}

TEST_P(ReadingTest, APersonsPageExistsForWhoeverMaySeeAStory) {
  EXPECT_EQ(stories.of_author(world.nobody(), "mere", {}, 10).refusal().kind, Refused::not_found);
  EXPECT_TRUE(stories.of_author(world.as(mere), "mere", {}, 10)->list.stories.empty());
  const Story first = create(full());
  world.clock.advance(std::chrono::seconds(1));
  const Story second = create(full());
  const AuthorPage page = *stories.of_author(world.nobody(), "mere", {}, 10);
  EXPECT_EQ(page.display_name, "Display mere");
  ASSERT_EQ(page.list.stories.size(), 2u);
  EXPECT_EQ(page.list.stories[0].id, first.id);
  EXPECT_EQ(page.list.stories[1].id, second.id);
  const Refusal one = stories.of_author(world.nobody(), "tama", {}, 10).refusal();
  const Refusal other = stories.of_author(world.nobody(), "no-such-name", {}, 10).refusal();
  EXPECT_EQ(one.kind, other.kind);
  EXPECT_EQ(one.sentence, other.sentence);
}

TEST_P(ReadingTest, ABlockAndAPauseHideEverywhere) {
  const Story story = create(full());
  Blocks blocks(database(), world.epoch, world.clock);
  ASSERT_FALSE(blocks.block(tama, "mere").refused());
  EXPECT_TRUE(stories.find_visible(world.as(tama), story.id).refused());
  EXPECT_TRUE(stories.feed(world.as(tama), {}, 10).stories.empty());
  EXPECT_FALSE(stories.find_visible(world.nobody(), story.id).refused());
  database().write([&](db::Tx& tx) { blocks.pause(tx, mere); });
  EXPECT_TRUE(stories.find_visible(world.nobody(), story.id).refused());
  EXPECT_TRUE(stories.feed(world.nobody(), {}, 10).stories.empty());
  EXPECT_EQ(read(world.as(mere), story).story.body, story.body);
}

KEEPSAKE_ON_BOTH_ENGINES(ReadingTest);

}  // namespace
}  // namespace keepsake

// What is kept while somebody types: apart from what readers see, and its author's alone.
#include "story/working_copies.h"

#include <gtest/gtest.h>

#include <thread>

#include "support/databases.h"
#include "support/stories.h"

namespace keepsake {
namespace {

using Words = std::vector<std::string>;

class WorkingCopiesTest : public support::StoreTest {
 protected:
  support::StoryWorld world{database()};
  Stories& stories = world.stories;
  WorkingCopies copies{database(), world.clock};
  const PersonId mere = world.persons.add("mere"), tama = world.persons.add("tama");
  const Viewer author = world.as(mere), other = world.as(tama);
  const Story story = *stories.create(
      author, {.title = "Once", .body = "As it was.", .audience = Words{"public"}, .state = "published"});

  Story stored() { return *stories.find_own(author, story.id); }
};

TEST_P(WorkingCopiesTest, WhatIsKeptIsThereAgainAndReadersSeeTheStoryAsItWas) {
  const auto kept = copies.keep(author, story.id, R"({"body":"Half a sent"})", story.version);
  ASSERT_FALSE(kept.refused());
  EXPECT_FALSE(kept->conflict);
  const auto copy = copies.find(author, story.id);
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->form, R"({"body":"Half a sent"})");
  EXPECT_EQ(copy->version, kept->version);
  EXPECT_EQ(copy->saved, world.clock.now());
  EXPECT_EQ(stored().version, kept->version);
  EXPECT_EQ(stored().body, "As it was.");
  EXPECT_EQ(stories.find_visible(other, story.id)->story.body, "As it was.");
  EXPECT_EQ(stored().changed, story.changed);
}

TEST_P(WorkingCopiesTest, KeepingMovesNothingThatReadersHaveCached) {
  const auto before = world.epoch.current();
  ASSERT_FALSE(copies.keep(author, story.id, "{}", {}).refused());
  EXPECT_EQ(world.epoch.current(), before);
}

TEST_P(WorkingCopiesTest, TheNextTakesThePlaceOfTheOneBefore) {
  std::int64_t version = story.version;
  for (const char* form : {"one", "two", "three"}) {
    const auto kept = copies.keep(author, story.id, form, version);
    ASSERT_FALSE(kept->conflict);
    EXPECT_EQ(kept->version, version + 1);
    version = kept->version;
    EXPECT_EQ(copies.find(author, story.id)->form, form);
  }
}

TEST_P(WorkingCopiesTest, TwoWindowsAreToldAndNothingIsOverwritten) {
  ASSERT_FALSE(copies.keep(author, story.id, "the first", story.version)->conflict);
  const auto second = copies.keep(author, story.id, "the second", story.version);
  EXPECT_TRUE(second->conflict);
  EXPECT_EQ(second->version, story.version + 1);
  EXPECT_EQ(copies.find(author, story.id)->form, "the first");
  EXPECT_TRUE(stories.change(author, story.id, {.title = "From a third"}, story.version)->conflict);
}

TEST_P(WorkingCopiesTest, AStoryThatChangedIsNoticed) {
  const auto edited = stories.change(author, story.id, {.title = "Changed"});
  EXPECT_TRUE(copies.keep(author, story.id, "typed before", story.version)->conflict);
  EXPECT_FALSE(copies.keep(author, story.id, "typed after", edited->story.version)->conflict);
}

TEST_P(WorkingCopiesTest, AProgramsChangeLeavesTheCopyAndTheFormsEndsIt) {
  const auto version = copies.keep(author, story.id, "typed", story.version)->version;
  const auto edited = stories.change(author, story.id, {.audience = Words{}}, version);
  ASSERT_TRUE(copies.find(author, story.id));
  EXPECT_NE(copies.find(author, story.id)->version, edited->story.version);
  ASSERT_FALSE(stories.change(author, story.id, {.body = "Typed."}, {}, TypedCopy::is_done_with).refused());
  EXPECT_FALSE(copies.find(author, story.id));
}

TEST_P(WorkingCopiesTest, WhatIsRefusedEndsNoCopy) {
  ASSERT_FALSE(copies.keep(author, story.id, "typed", {}).refused());
  EXPECT_TRUE(stories.change(author, story.id, {.lang = "?"}, {}, TypedCopy::is_done_with).refused());
  EXPECT_TRUE(copies.find(author, story.id));
}

TEST_P(WorkingCopiesTest, DiscardingGoesBackToTheStory) {
  const auto version = copies.keep(author, story.id, "typed", {})->version;
  ASSERT_FALSE(copies.discard(author, story.id).refused());
  EXPECT_FALSE(copies.find(author, story.id));
  EXPECT_TRUE(copies.keep(author, story.id, "typed on in another window", version)->conflict);
}

TEST_P(WorkingCopiesTest, NobodyElseFindsAny) {
  ASSERT_FALSE(copies.keep(author, story.id, "typed", {}).refused());
  for (const Viewer& viewer : {other, world.nobody()}) {
    EXPECT_FALSE(copies.find(viewer, story.id));
    EXPECT_EQ(copies.keep(viewer, story.id, "theirs", {}).refusal().kind, Refused::not_found);
    EXPECT_EQ(copies.discard(viewer, story.id).refusal().kind, Refused::not_found);
    EXPECT_EQ(copies.keep(viewer, PublicId::random(), "theirs", {}).refusal().sentence,
              copies.keep(viewer, story.id, "theirs", {}).refusal().sentence);
  }
  EXPECT_EQ(copies.find(author, story.id)->form, "typed");
}

TEST_P(WorkingCopiesTest, TheTrashKeepsItAndTakesNoMore) {
  ASSERT_FALSE(copies.keep(author, story.id, "typed", {}).refused());
  ASSERT_FALSE(stories.move_to_trash(author, story.id).refused());
  EXPECT_EQ(copies.keep(author, story.id, "more", {}).refusal().kind, Refused::not_found);
  ASSERT_FALSE(stories.take_back(author, story.id).refused());
  EXPECT_EQ(copies.find(author, story.id)->form, "typed");
}

TEST_P(WorkingCopiesTest, ItGoesWithItsStory) {
  ASSERT_FALSE(copies.keep(author, story.id, "typed", {}).refused());
  ASSERT_FALSE(stories.forget(author, story.id).refused());
  const auto left = database().read([](db::Reader& reader) {
    return reader.one("SELECT count(*) FROM working_copy", [](const db::Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(left, 0);
}

TEST_P(WorkingCopiesTest, ALongTextIsKeptAndOneWithoutEndIsRefused) {
  const std::string longest(WorkingCopies::most_bytes, 'x');
  ASSERT_FALSE(copies.keep(author, story.id, longest, {}).refused());
  EXPECT_EQ(copies.find(author, story.id)->form.size(), longest.size());
  EXPECT_EQ(copies.keep(author, story.id, longest + "x", {}).refusal().kind, Refused::too_large);
}

TEST_P(WorkingCopiesTest, OfManyAtOnceOneIsKept) {
  std::atomic<int> taken = 0;
  std::vector<std::thread> windows;
  for (int i = 0; i < 4; ++i) {
    windows.emplace_back(
        [&, i] { taken += !copies.keep(author, story.id, std::to_string(i), story.version)->conflict; });
  }
  for (auto& window : windows) window.join();
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(stored().version, story.version + 1);
}

KEEPSAKE_ON_BOTH_ENGINES(WorkingCopiesTest);

}  // namespace
}  // namespace keepsake

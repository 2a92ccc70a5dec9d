#include "story/story.h"

#include <gtest/gtest.h>

namespace keepsake {
namespace {

using Photos = std::vector<StoryChange::Photo>;

std::string field_refused(const StoryChange& change) {
  const auto result = story_rules::changed(Story(), change);
  if (!result.refused()) return "";
  EXPECT_EQ(result.refusal().kind, Refused::invalid);
  EXPECT_FALSE(result.refusal().sentence.empty());
  EXPECT_EQ(result.refusal().sentence.find('!'), std::string::npos);
  return result.refusal().field;
}

std::string some_id() {
  return PublicId::random().text();
}

TEST(StoryRules, TakeWhatFits) {
  const std::string id = some_id();
  StoryChange change;
  change.title = "  لن ننساك  ";
  change.lang = "ar";
  change.body = "one\r\ntwo\rthree\n";
  change.author_note = " Please\r\nbe gentle. ";
  change.notes = {{" hospital ", "", "hospital", "loss of a pregnancy"}};
  change.topics = {{"bereavement", "pregnancy-loss", "bereavement"}};
  change.photos = Photos{{id, " a hand ", "one\ntwo", "Photo: supplied"}};
  change.help_at_gate = true;
  change.comments = "readers";
  change.state = "published";
  const Story story = *story_rules::changed(Story(), change);
  EXPECT_EQ(story.title, "لن ننساك");
  EXPECT_EQ(story.lang, "ar");
  EXPECT_EQ(story.body, "one\ntwo\nthree\n");
  EXPECT_EQ(story.author_note, "Please\nbe gentle.");
  EXPECT_EQ(story.notes, (std::vector<std::string>{"hospital", "loss of a pregnancy"}));
  EXPECT_EQ(story.topics, (std::vector<std::string>{"bereavement", "pregnancy-loss"}));
  ASSERT_EQ(story.photos.size(), 1u);
  EXPECT_EQ(story.photos[0].id.text(), id);
  EXPECT_EQ(story.photos[0].alt, "a hand");
  EXPECT_EQ(story.photos[0].caption, "one\ntwo");
  EXPECT_TRUE(story.help_at_gate);
  EXPECT_EQ(story.comments, CommentRule::readers);
  EXPECT_EQ(story.state, ItemState::published);
}

TEST(StoryRules, WhatIsAbsentStays) {
  Story before;
  before.title = "A";
  before.body = "B";
  before.notes = {"c"};
  StoryChange change;
  change.body = "";
  const Story story = *story_rules::changed(before, change);
  EXPECT_EQ(story.title, "A");
  EXPECT_EQ(story.body, "");
  EXPECT_EQ(story.notes, before.notes);
}

TEST(StoryRules, TheLongestThatFitsAndOneMore) {
  const auto letters = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "é";
    return text;
  };
  EXPECT_EQ(field_refused({.title = letters(300)}), "");
  EXPECT_EQ(field_refused({.title = letters(301)}), "title");
  EXPECT_EQ(field_refused({.title = std::string(1 << 20, 'a')}), "title");
  EXPECT_EQ(field_refused({.body = std::string(1 << 20, 'a')}), "");
  EXPECT_EQ(field_refused({.body = std::string((1 << 20) + 1, 'a')}), "body");
  EXPECT_EQ(field_refused({.author_note = letters(2'001)}), "note");
  EXPECT_EQ(field_refused({.notes = {{"a", letters(101)}}}), "notes.1");
  EXPECT_EQ(field_refused({.photos = Photos{{some_id(), "", letters(2'000), ""}}}), "");
  EXPECT_EQ(field_refused({.photos = Photos{{some_id(), "", letters(2'001), ""}}}), "photos.0.caption");
  EXPECT_EQ(field_refused({.photos = Photos{{some_id(), letters(2'001), "", ""}}}), "photos.0.alt");
  EXPECT_EQ(field_refused({.photos = Photos{{some_id(), "", "", letters(301)}}}), "photos.0.credit");
}

TEST(StoryRules, ListsAreBounded) {
  std::vector<std::string> notes;
  for (int i = 0; i < 20; ++i) notes.push_back("note " + std::to_string(i));
  EXPECT_EQ(field_refused({.notes = notes}), "");
  notes.push_back("one more");
  EXPECT_EQ(field_refused({.notes = notes}), "notes");
  Photos photos;
  for (int i = 0; i < 1'000; ++i) photos.push_back({some_id(), "", "", ""});
  EXPECT_EQ(field_refused({.photos = photos}), "photos");
  photos.resize(500);
  EXPECT_EQ(field_refused({.photos = photos}), "");
}

TEST(StoryRules, DamagedTextIsRefusedWhereItStands) {
  const std::string nul("a\0b", 3), broken = "a\xff\xfe", surrogate = "\xed\xa0\x80", overlong = "\xc0\xaf",
                                    bell = "a\x07";
  for (const std::string& text : {nul, broken, surrogate, overlong, bell}) {
    EXPECT_EQ(field_refused({.title = text}), "title");
    EXPECT_EQ(field_refused({.body = text}), "body");
    EXPECT_EQ(field_refused({.author_note = text}), "note");
    EXPECT_EQ(field_refused({.notes = {{text}}}), "notes.0");
    EXPECT_EQ(field_refused({.lang = text}), "lang");
    EXPECT_EQ(field_refused({.topics = {{text}}}), "topics.0");
    EXPECT_EQ(field_refused({.photos = Photos{{some_id(), text, "", ""}}}), "photos.0.alt");
    EXPECT_EQ(field_refused({.photos = Photos{{text, "", "", ""}}}), "photos.0.id");
    EXPECT_EQ(field_refused({.comments = text}), "comments");
    EXPECT_EQ(field_refused({.state = text}), "state");
  }
}

TEST(StoryRules, TitlesAndNotesAreOneLine) {
  EXPECT_EQ(field_refused({.title = "a\nb"}), "title");
  EXPECT_EQ(field_refused({.title = "a\rb"}), "title");
  EXPECT_EQ(field_refused({.notes = {{"a\nb"}}}), "notes.0");
}

TEST(StoryRules, LanguagesAreTags) {
  for (const char* tag : {"en", "mi", "pt-BR", "zh-Hant-TW", "de-1996", "x-"}) {
    EXPECT_EQ(field_refused({.lang = tag}), tag == std::string("x-") ? "lang" : "") << tag;
  }
  for (const char* tag :
       {"", "e", "english!", "toolongtag", "en--US", "en_US", "é", "en-", "12", "\"><script>"}) {
    EXPECT_EQ(field_refused({.lang = tag}), "lang") << tag;
  }
}

TEST(StoryRules, UnknownWordsAreRefused) {
  EXPECT_EQ(field_refused({.topics = {{"bereavement", "cheerful"}}}), "topics.1");
  EXPECT_EQ(field_refused({.comments = "everybody"}), "comments");
  EXPECT_EQ(field_refused({.state = "trashed"}), "state");
}

TEST(StoryRules, APhotoStandsInAStoryOnce) {
  const std::string id = some_id();
  EXPECT_EQ(field_refused({.photos = Photos{{id, "", "", ""}, {id, "", "", ""}}}), "photos.1.id");
}

TEST(StoryRules, WhatWasPublishedIsWithdrawnAndNoDraft) {
  Story story;
  EXPECT_EQ(story_rules::changed(story, {.state = "withdrawn"})->state, ItemState::draft);
  story.state = ItemState::published;
  story.published_at = from_micros(1);
  EXPECT_EQ(story_rules::changed(story, {.state = "draft"})->state, ItemState::withdrawn);
  EXPECT_EQ(story_rules::changed(story, {.state = "withdrawn"})->state, ItemState::withdrawn);
}

TEST(StoryRules, DescriptionsCarryNoAddresses) {
  const PublicId one = PublicId::random(), two = PublicId::random(), other = PublicId::random();
  Story story;
  story.photos = {{PhotoId{1}, one, {400, 300}, "a hand", "c", ""}, {PhotoId{2}, two, {}, "a door", "", ""}};
  story.body = "![](photo:" + two.text() + ") [x](/photos/" + one.text() + "/1024) " + other.text();
  story_rules::keep_descriptions_only(story);
  EXPECT_EQ(story.body.find(one.text()), std::string::npos);
  EXPECT_EQ(story.body.find(two.text()), std::string::npos);
  EXPECT_NE(story.photos[0].id, one);
  EXPECT_NE(story.photos[0].id, story.photos[1].id);
  EXPECT_EQ(story.photos[0].row, PhotoId{});
  EXPECT_EQ(story.photos[0].extent, Extent{});
  EXPECT_TRUE(story.photos[0].placeholder.empty());
  EXPECT_EQ(story.photos[0].alt, "a hand");
  EXPECT_EQ(story.body, "![](photo:" + story.photos[1].id.text() + ") [x](/photos/" +
                            story.photos[0].id.text() + "/1024) " + other.text());
}

TEST(StoryRules, WordsOfTheHouse) {
  EXPECT_EQ(word_of(CommentRule::named), "named");
  EXPECT_EQ(parse_comment_rule("readers"), CommentRule::readers);
  EXPECT_EQ(word_of(ItemState::trashed), "trashed");
}

}  // namespace
}  // namespace keepsake

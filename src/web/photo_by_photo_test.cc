#include "web/photo_by_photo.h"

#include <gtest/gtest.h>

namespace keepsake::web {
namespace {

using Places = std::vector<std::size_t>;

Story with_photos(int number) {
  Story story;
  for (int i = 0; i < number; ++i) {
    StoryPhoto photo;
    photo.id = PublicId::random();
    story.photos.push_back(photo);
  }
  return story;
}

std::string placing(const Story& story, std::size_t place) {
  return "![](photo:" + story.photos[place].id.text() + ")";
}

TEST(PhotoByPhoto, FollowsTheWordsThenTheList) {
  Story story = with_photos(5);
  EXPECT_EQ(reading_order(story), (Places{0, 1, 2, 3, 4}));
  story.body = "Before.\n\n" + placing(story, 3) + "\n\n" + placing(story, 1) + "\n\nOnce more:\n\n" +
               placing(story, 3);
  EXPECT_EQ(reading_order(story), (Places{3, 1, 0, 2, 4}));
  story.body += "\n\n![](photo:" + PublicId::random().text() + ") `" + placing(story, 4) + "`";
  EXPECT_EQ(reading_order(story), (Places{3, 1, 0, 2, 4}));
  EXPECT_TRUE(reading_order(Story()).empty());
}

TEST(PhotoByPhoto, IsFoundByItsNumberAsWrittenAlone) {
  Story story = with_photos(12);
  story.body = placing(story, 7);
  const auto first = photo_at(story, "1");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->photo, &story.photos[7]);
  EXPECT_EQ(first->of, 12);
  EXPECT_EQ(photo_at(story, "12")->photo, &story.photos[11]);
  for (const std::string_view none : {"0", "13", "-1", "+1", "01", "1.0", "1 ", "one", "99999999999", "1a"}) {
    EXPECT_FALSE(photo_at(story, none)) << none;
  }
}

}  // namespace
}  // namespace keepsake::web

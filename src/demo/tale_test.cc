#include "demo/tale.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"

namespace keepsake::demo {
namespace {

bool is_cast(std::string_view name) {
  return std::ranges::count(cast(), name, &CastMember::name) == 1;
}

TEST(Tales, a_dozen_in_many_languages) {
  std::set<std::string_view> languages, titles;
  for (const Tale& tale : tales()) {
    languages.insert(tale.lang);
    titles.insert(tale.title);
    EXPECT_TRUE(is_cast(tale.author)) << tale.title;
    EXPECT_TRUE(is_clean_text(tale.body)) << tale.title;
  }
  EXPECT_EQ(titles.size(), tales().size());
  EXPECT_GE(std::ranges::count(tales(), Ending::published, &Tale::ending), 12);
  for (const std::string_view language : {"en", "es", "de", "fr", "ar", "mi", "ja", "hi", "uk"})
    EXPECT_TRUE(languages.contains(language)) << language;
}

TEST(Tales, every_picture_is_described_and_has_its_place) {
  for (const Tale& tale : tales()) {
    for (std::size_t at = 0; at < tale.pictures.size(); ++at) {
      EXPECT_GT(code_points(tale.pictures[at].alt), 8u) << tale.title;
      const std::string place = "{" + std::to_string(at + 1) + "}";
      EXPECT_NE(("\n" + std::string(tale.body) + "\n").find("\n" + place + "\n"), std::string::npos)
          << tale.title << place;
    }
  }
}

TEST(Tales, no_picture_is_shown_twice) {
  std::set<std::pair<Scene, std::uint32_t>> seen;
  for (const Tale& tale : tales())
    for (const Picture& picture : tale.pictures)
      EXPECT_TRUE(seen.insert({picture.scene, picture.seed}).second) << tale.title;
}

TEST(Tales, audiences_are_of_this_cast) {
  for (const Tale& tale : tales()) {
    for (const std::string_view word : tale.audience) {
      EXPECT_TRUE(!word.starts_with("person:") || is_cast(word.substr(7))) << word;
      if (!word.starts_with("circle:")) continue;
      const auto is_it = [&](const CastCircle& circle) {
        return circle.owner == tale.author && circle.name == word.substr(7);
      };
      EXPECT_TRUE(std::ranges::any_of(cast_circles(), is_it)) << word;
    }
  }
  for (const CastCircle& circle : cast_circles())
    for (const std::string_view person : circle.people) EXPECT_TRUE(is_cast(person)) << person;
}

}  // namespace
}  // namespace keepsake::demo

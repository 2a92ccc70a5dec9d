#include "html/words.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace keepsake::html {
namespace {

TEST(Words, AreSaidWithTheirPlaceholdersFilled) {
  const Words words = Words::parse("en", "# a comment\n\nby = By {name}, {day}\nplain = A = B, isn't it\n");
  EXPECT_EQ(words.say("by", {{"day", "today"}, {"name", "{day}"}}), "By {day}, today");
  EXPECT_EQ(words.say("plain"), "A = B, isn't it");
}

TEST(Words, WhatDoesNotFitIsAFault) {
  const Words words = Words::parse("en", "by = By {name}\n");
  EXPECT_THROW(words.say("unknown"), std::logic_error);
  EXPECT_THROW(words.say("by"), std::logic_error);
  EXPECT_THROW(words.say("by", {{"name", "x"}, {"other", "y"}}), std::logic_error);
}

TEST(Words, AMalformedCatalogueIsRefused) {
  for (const char* file : {"no sign", "Upper = x", " = x", "a = {", "a = }", "a = {}", "a = {b c}",
                           "a = 1\na = 2", "a = \x01"}) {
    EXPECT_THROW(Words::parse("en", file), std::runtime_error) << file;
  }
  EXPECT_THROW(Words::load("xx"), std::runtime_error);
}

TEST(Words, KnowTheirDirection) {
  EXPECT_EQ(Words::parse("ar", "").direction(), "rtl");
  EXPECT_EQ(Words::parse("he-IL", "").direction(), "rtl");
  EXPECT_EQ(Words::parse("mi", "").direction(), "ltr");
}

}  // namespace
}  // namespace keepsake::html

#include "http/url.h"

#include <gtest/gtest.h>

namespace keepsake::http {
namespace {

TEST(Url, DecodesWhatIsWellFormedAlone) {
  EXPECT_EQ(percent_decode("a%20b+c%C3%A9"), "a b+c\xc3\xa9");
  for (const char* bad : {"%", "%2", "%zz", "a%00b", "%ff", "%c3", "%C0%AF", "%ED%A0%80"}) {
    EXPECT_FALSE(percent_decode(bad)) << bad;
  }
}

TEST(Url, EncodesSoThatDecodingGivesItBack) {
  const std::string text = "Nana's photo/1? caf\xc3\xa9 100%";
  EXPECT_EQ(percent_encode("a b/~"), "a%20b%2F~");
  EXPECT_EQ(percent_decode(percent_encode(text)), text);
}

TEST(Url, CutsAPathIntoSegments) {
  using Segments = std::vector<std::string>;
  EXPECT_EQ(path_segments("/"), Segments{});
  EXPECT_EQ(path_segments("/stories/a%20b"), (Segments{"stories", "a b"}));
  EXPECT_EQ(path_segments("/stories/"), (Segments{"stories", ""}));
  for (const char* bad : {"", "stories", "/../etc", "/%2e%2E/etc", "/a%2Fb", "/a%00", "/."}) {
    EXPECT_FALSE(path_segments(bad)) << bad;
  }
  std::string deep;
  for (int i = 0; i < 33; ++i) deep += "/a";
  EXPECT_FALSE(path_segments(deep));
}

TEST(Url, ReadsFormsInOrderWithRepeatedNames) {
  EXPECT_EQ(parse_form("a=1&b=two+words&a=%26&flag&=x&&"),
            (Fields{{"a", "1"}, {"b", "two words"}, {"a", "&"}, {"flag", ""}, {"", "x"}}));
  EXPECT_EQ(parse_form(""), Fields{});
  EXPECT_FALSE(parse_form("a=%"));
  EXPECT_FALSE(parse_form("%ff=a"));
}

TEST(Url, BoundsTheNumberOfFields) {
  EXPECT_TRUE(parse_form("a=1&b=2", 2));
  EXPECT_FALSE(parse_form("a=1&b=2&c=3", 2));
}

TEST(Url, FindsTheFirstFieldOfAName) {
  const Fields fields{{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(find_field(fields, "a"), "1");
  EXPECT_FALSE(find_field(fields, "b"));
}

}  // namespace
}  // namespace keepsake::http

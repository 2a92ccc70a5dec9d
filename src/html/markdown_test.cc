#include "html/markdown.h"

#include <gtest/gtest.h>

#include <ctime>

#include "base/text.h"

namespace keepsake::html {
namespace {

std::string md(std::string_view text) {
  return markdown(text).text();
}

PlacedPhoto some_photo(const PublicId& id) {
  return {.id = id,
          .width = 3000,
          .height = 2000,
          .alt = "A door",
          .caption = "The ward <b>",
          .credit = "Photo: supplied"};
}

MarkdownOptions with_photos(Images images = Images::shown) {
  return {[](const PublicId& id) -> std::optional<PlacedPhoto> { return some_photo(id); }, images};
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Markdown, OrdinaryText) {
  EXPECT_EQ(md("One *two* **three** `four` ~~five~~\nsix  \nseven"),
            "<p dir=\"auto\">One <em>two</em> <strong>three</strong> <code>four</code> "
            "<del>five</del>\nsix<br>\nseven</p>\n");
  EXPECT_EQ(md("- a\n- b"), "<ul>\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b</li>\n</ul>\n");
  EXPECT_EQ(md("3. a"), "<ol start=\"3\">\n<li dir=\"auto\">a</li>\n</ol>\n");
  EXPECT_EQ(md("> q"), "<blockquote>\n<p dir=\"auto\">q</p>\n</blockquote>\n");
  EXPECT_EQ(md("---"), "<hr>\n");
  EXPECT_EQ(md("```x\n<a>\n```"), "<pre dir=\"auto\"><code>&lt;a&gt;\n</code></pre>\n");
  EXPECT_EQ(md("|a|b|\n|-|-|\n|c|<|"),
            "<table>\n<tr><th scope=\"col\" dir=\"auto\">a</th><th scope=\"col\" dir=\"auto\">b</th></tr>\n"
            "<tr><td dir=\"auto\">c</td><td dir=\"auto\">&lt;</td></tr>\n</table>\n");
  EXPECT_EQ(md(""), "");
}

TEST(Markdown, HeadingsBeginBelowTheTitle) {
  EXPECT_EQ(md("# A"), "<h2 dir=\"auto\">A</h2>\n");
  EXPECT_EQ(md("###### A"), "<h2 dir=\"auto\">A</h2>\n");
}

TEST(Markdown, HeadingsLeaveNoLevelOut) {
  EXPECT_EQ(md("## A\n#### B\n## C\n# D\n### E"),
            "<h2 dir=\"auto\">A</h2>\n<h3 dir=\"auto\">B</h3>\n<h2 dir=\"auto\">C</h2>\n"
            "<h2 dir=\"auto\">D</h2>\n<h3 dir=\"auto\">E</h3>\n");
  EXPECT_TRUE(has(md("# A\n## B\n### C\n#### D\n##### E\n###### F"), "<h6 dir=\"auto\">F</h6>"));
}

TEST(Markdown, RightToLeftTextKeepsItsWords) {
  const std::string text = "كان اسمها نور";
  EXPECT_EQ(md(text), "<p dir=\"auto\">" + text + "</p>\n");
}

TEST(Markdown, LinksLeadOnlyWhereTheyMay) {
  const std::string rel = " rel=\"nofollow noopener noreferrer ugc\">x</a></p>\n";
  EXPECT_EQ(md("[x](https://example.org/?a=1&b=\"2)"),
            "<p dir=\"auto\"><a href=\"https://example.org/?a=1&amp;b=%222\"" + rel);
  EXPECT_EQ(md("[x](#end)"), "<p dir=\"auto\"><a href=\"#end\"" + rel);
  EXPECT_EQ(md("[x](/stories/a)"), "<p dir=\"auto\"><a href=\"/stories/a\"" + rel);
  EXPECT_EQ(md("[x](mailto:a@example.org)"), "<p dir=\"auto\"><a href=\"mailto:a@example.org\"" + rel);
  for (const std::string address :
       {"javascript:alert(1)", "JAVASCRIPT:x", "&#106;avascript:x", "data:text/html;base64,x", "vbscript:x",
        "file:///etc/passwd", "//evil.example", "/\\evil.example", "x:y", "relative", "<java\tscript:x>",
        "%6aavascript:x", "photo:abc", "ftp://x"}) {
    EXPECT_EQ(md("[x](" + address + ")").find("<a"), std::string::npos) << address;
  }
}

TEST(Markdown, AutolinksObeyTheSameRule) {
  EXPECT_TRUE(has(md("see www.example.org now"), "<a href=\"http://www.example.org\" rel="));
  EXPECT_TRUE(has(md("see https://example.org/a"), "<a href=\"https://example.org/a\" rel="));
  EXPECT_FALSE(has(md("<javascript:alert(1)>"), "<a"));
  EXPECT_FALSE(has(md("<data:text/html,x>"), "<a"));
}

TEST(Markdown, NothingHostileSurvives) {
  const char* attempts[] = {
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "x <img src=x onerror=alert(1)> y",
      "<div><script>alert(1)</script></div>",
      "<svg/onload=alert(1)>",
      "<!-- --><iframe src=javascript:alert(1)>",
      "<a href=\"javascript:alert(1)\">x</a>",
      "[a](<javascript:alert(1)>)",
      "[a]: javascript:alert(1)\n\n[a]",
      "![x](javascript:alert(1))",
      "![\"onerror=\"alert(1)](x)",
      "[x](https://a.example/\"onmouseover=\"alert(1))",
      "[x](https://a.example \"t\\\" onclick=alert(1) x=\\\"\")",
      "```\" onload=\"x\n</code></pre><script>x</script>\n```",
      "`</code><script>x</script>`",
      "|<script>x</script>|\n|-|\n|<img src=x onerror=x>|",
      "**<b onclick=x>**",
      "<![CDATA[<script>x</script>]]>",
      "<?php <script>x</script> ?>",
      "&lt;script&gt;alert(1)&lt;/script&gt;",
      "<scr<script>ipt>alert(1)</script>",
      "<details open ontoggle=alert(1)>",
      "> - <script>\n> - x",
      "<style>@import 'x'</style>",
      "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  };
  for (const char* attempt : attempts) {
    const std::string html = md(attempt);
    for (const char* never :
         {"<script", "<img", "<svg", "<iframe", "<style", "<b ", "<details", "<div", "<form", "<math", "<!",
          "<?", "href=\"javascript", "href=\"data", "\"on", "\" on", "title="}) {
      EXPECT_FALSE(has(html, never)) << attempt << "\n -> " << html;
    }
  }
}

TEST(Markdown, WordsBetweenTagsStayWords) {
  EXPECT_EQ(md("a <b>bold</b> word"), "<p dir=\"auto\">a bold word</p>\n");
  EXPECT_EQ(md("<div class=\"x\">\nWhat we <i>kept</i>\n</div>"), "<p dir=\"auto\">What we kept</p>\n");
  EXPECT_EQ(md("<script>\nalert(1)\n</script>"), "");
}

TEST(Markdown, NoImageOfOthersIsEverLoaded) {
  EXPECT_EQ(md("a ![the sea](https://tracker.example/x.png) b"), "<p dir=\"auto\">a the sea b</p>\n");
  EXPECT_EQ(md("![a ![b](x) *c*](y)"), "<p dir=\"auto\">a b c</p>\n");
}

TEST(Markdown, APhotoStandsBetweenParagraphs) {
  const PublicId id = PublicId::random();
  const std::string at = "/photos/" + id.text();
  const std::string html = markdown("Before\n![](photo:" + id.text() + ")\nafter", with_photos()).text();
  EXPECT_TRUE(html.starts_with("<p dir=\"auto\">Before\n</p>\n<figure><img src=\"" + at + "/1024\"")) << html;
  EXPECT_TRUE(
      html.ends_with("<figcaption><span dir=\"auto\">The ward &lt;b&gt;</span> <small "
                     "dir=\"auto\">Photo: supplied</small></figcaption></figure>\n"
                     "<p dir=\"auto\">after</p>\n"))
      << html;
}

TEST(Markdown, DescriptionsAloneCarryNoAddress) {
  const std::string html =
      markdown("![](photo:" + PublicId::random().text() + ")", with_photos(Images::described)).text();
  EXPECT_FALSE(has(html, "<img"));
  EXPECT_FALSE(has(html, "photos/"));
  EXPECT_TRUE(has(html, "<p dir=\"auto\">A door</p>"));
}

TEST(Markdown, APhotoThatIsNotThereIsItsDescription) {
  const MarkdownOptions none{[](const PublicId&) -> std::optional<PlacedPhoto> { return std::nullopt; },
                             Images::shown};
  EXPECT_EQ(markdown("![a door](photo:" + PublicId::random().text() + ")", none).text(),
            "<p dir=\"auto\">a door</p>\n");
  EXPECT_EQ(markdown("![a door](photo:../../etc)", with_photos()).text(), "<p dir=\"auto\">a door</p>\n");
}

TEST(Markdown, DeepNestingIsFlattened) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "> ";
  const std::string html = md(text + "still here");
  EXPECT_TRUE(has(html, "still here"));
  EXPECT_LT(html.size(), 2000u);
}

// Texts for which the parser's time would grow with the square of their size: at full size each of them
// would take minutes. The bound here is wide, for slow machines.
TEST(Markdown, NoTextTakesLong) {
  for (const std::string_view part :
       {"![[]()", "a@", "x@x.", "a<!A ", "a<?", "a<![CDATA[", ">", "*_", "|-\n"}) {
    std::string text;
    while (text.size() < most_markdown_bytes / 4) text += part;
    const std::clock_t start = std::clock();
    EXPECT_FALSE(md(text).empty());
    EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 10) << part;
  }
}

TEST(Markdown, ATableCannotGrowFarBeyondItsText) {
  std::string text = "|", line = "\n|";
  for (int i = 0; i < 500; ++i) text += "a|", line += "-|";
  text += line + "\n";
  for (int i = 0; i < 10'000; ++i) text += "b\n";
  EXPECT_LT(md(text).size(), 3 * text.size());
}

TEST(Markdown, AnUnusualTextKeepsItsWords) {
  std::string text = "Before <b>\n\n";
  for (int i = 0; i < 1001; ++i) text += "![";
  EXPECT_TRUE(md(text).starts_with("<p dir=\"auto\">Before &lt;b&gt;</p>\n<p"));
}

TEST(Excerpt, IsTextOnOneLineCutBetweenWords) {
  EXPECT_EQ(plain_text_excerpt("# One\n\n*two* [three](http://x.example) ![not](photo:x)\nfour", 100),
            "One two three four");
  EXPECT_EQ(plain_text_excerpt("one two three", 9), "one two…");
  EXPECT_EQ(plain_text_excerpt("one two three", 8), "one two…");
  EXPECT_EQ(plain_text_excerpt("one two three", 7), "one…");
  EXPECT_EQ(plain_text_excerpt("ééééé", 3), "éé…");
  EXPECT_EQ(plain_text_excerpt("<script>x</script>", 9), "");
  EXPECT_EQ(plain_text_excerpt("x", 0), "");
}

TEST(Figure, KeepsItsPlaceFreeAndNamesEveryRendition) {
  const PlacedPhoto photo = some_photo(PublicId::random());
  const std::string at = "/photos/" + photo.id.text();
  EXPECT_EQ(figure({.id = photo.id, .width = 3000, .height = 2000, .alt = "A door"}, Images::shown).text(),
            "<figure><img src=\"" + at + "/1024\" srcset=\"" + at + "/320 320w, " + at + "/1024 1024w, " +
                at +
                "/2048 2048w\" sizes=\"(min-width: 64rem) min(53rem, 139vh, 2048px), "
                "(min-width: 40rem) min(35rem, 139vh, 2048px), min(100vw, 139vh, 2048px)\" "
                "width=\"2048\" height=\"1365\" alt=\"A door\" loading=\"lazy\" decoding=\"async\">"
                "</figure>\n");
}

TEST(Figure, LeadsToItsPageAndTheFirstIsFetchedAtOnce) {
  PlacedPhoto photo = some_photo(PublicId::random());
  photo.page = "/stories/x/photos/1";
  photo.number = 1;
  photo.at_once = true;
  const std::string html = figure(photo, Images::shown, Room::window).text();
  EXPECT_TRUE(html.starts_with("<figure id=\"photo-1\"><a href=\"/stories/x/photos/1\"><img ")) << html;
  EXPECT_TRUE(has(html, "sizes=\"min(100vw, 139vh, 2048px)\"")) << html;
  EXPECT_FALSE(has(html, "lazy")) << html;
}

TEST(Figure, ItsColoursStandBehindItWithoutAStyleOrARequest) {
  PlacedPhoto photo = some_photo(PublicId::random());
  photo.width = 3000;
  photo.height = 2000;
  const auto plain = figure(photo, Images::shown).text();
  photo.colours = {0xaa5500, 0x102030, 0, 0xffffff, 1, 2};
  const auto html = figure(photo, Images::shown).text();
  EXPECT_TRUE(has(html, "<span class=\"coming\"><svg aria-hidden=\"true\" viewBox=\"0 0 320 213\">")) << html;
  EXPECT_TRUE(has(html, "<path fill=\"#102030\" d=\"M1 -4h9v9h-9\"/>")) << html;
  EXPECT_TRUE(has(html, "</svg><img src=")) << html;
  EXPECT_FALSE(has(html, "style")) << html;
  EXPECT_FALSE(has(html, "url(")) << html;
  EXPECT_LE(html.size() - plain.size(), 420u);
  EXPECT_FALSE(has(figure(photo, Images::described).text(), "#102030"));
}

TEST(Figure, SmallAndUprightPhotosAskForWhatExists) {
  PlacedPhoto photo = some_photo(PublicId::random());
  photo.width = 200;
  photo.height = 400;
  const std::string html = figure(photo, Images::shown).text();
  EXPECT_TRUE(has(html, "/320 160w, ")) << html;
  EXPECT_TRUE(has(html, "/1024 200w\"")) << html;
  EXPECT_FALSE(has(html, "2048 ")) << html;
  EXPECT_TRUE(has(html, "width=\"200\" height=\"400\"")) << html;
}

}  // namespace
}  // namespace keepsake::html

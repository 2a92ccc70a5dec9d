#include "html/pages.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/embedded.h"
#include "html/assets.h"

namespace keepsake::html {
namespace {

using Files = std::map<std::string, std::string>;

const std::string begin = "{{%AUTOESCAPE context=\"HTML\"}}";

Words some_words() {
  return Words::parse("en", "hello = Hello & welcome\nquoted = She said \"no\"\nto = To {name}\n");
}

Files with_page(const std::string& page) {
  return {{"layout/page.html", begin + "{{>content}}"}, {"pages/page.html", begin + page}};
}

std::string render(const std::string& page, const Values& values) {
  return Pages(some_words(), with_page(page), OnMismatch::raise).render("page", values, some_words());
}

std::string why_refused(const std::string& page) {
  try {
    Pages(some_words(), with_page(page), OnMismatch::raise);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

constexpr std::string_view hostile = "<script>\"'&</script>";

TEST(Pages, TextIsEscaped) {
  EXPECT_EQ(render("<p>{{A}}</p>", Values().set("A", hostile)),
            "<p>&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;</p>");
}

TEST(Pages, AnAttributeCannotBeLeft) {
  const std::string page = render("<p title=\"{{A}}\">x</p>", Values().set("A", "\" onclick=\"x"));
  EXPECT_EQ(page, "<p title=\"&quot; onclick=&quot;x\">x</p>");
}

TEST(Pages, AnAddressCarriesNoScript) {
  for (const std::string_view address : {"javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:x",
                                         "data:text/html,x", "java\tscript:x", "vbscript:x"}) {
    const std::string page = render("<a href=\"{{A}}\">x</a>", Values().set("A", address));
    EXPECT_EQ(page.find("script:"), std::string::npos) << page;
    EXPECT_EQ(page.find("data:"), std::string::npos) << page;
  }
  EXPECT_EQ(render("<a href=\"{{A}}\">x</a>", Values().set("A", "https://example.org/?a=1&b=2")),
            "<a href=\"https://example.org/?a=1&amp;b=2\">x</a>");
  EXPECT_EQ(render("<a href=\"{{A}}\">x</a>", Values().set("A", "/stories/abc")),
            "<a href=\"/stories/abc\">x</a>");
}

TEST(Pages, AValueWithinAnAddressIsEncoded) {
  EXPECT_EQ(render("<a href=\"/@{{A:url_query_escape}}\">x</a>", Values().set("A", "a/b?c&\"d")),
            "<a href=\"/@a/b%3Fc%26%22d\">x</a>");
}

TEST(Pages, LineBreaksSurviveInATextarea) {
  EXPECT_EQ(render("<textarea name=\"body\">\n{{A}}</textarea>", Values().set("A", "one\ntwo\t<b>")),
            "<textarea name=\"body\">\none\ntwo\t&lt;b&gt;</textarea>");
}

TEST(Pages, SafeMarkupStandsAsItIs) {
  EXPECT_EQ(render("<div>{{A:none}}</div>",
                   Values().set_html("A", SafeWriter().markup("<b>").text("<").markup("</b>").finish())),
            "<div><b>&lt;</b></div>");
}

TEST(Pages, RightToLeftTextPassesUnchanged) {
  const std::string text = "لن ننساك أبدا — ka maumahara tonu mātou";
  EXPECT_EQ(render("<p dir=\"auto\">{{A}}</p>", Values().set("A", text)), "<p dir=\"auto\">" + text + "</p>");
}

TEST(Pages, SectionsRepeatAndSeeWhatIsAroundThem) {
  Values values;
  values.set("WHO", "all");
  values.add("ROW").set("A", "1");
  values.add("ROW").set("A", "2").show("LAST");
  EXPECT_EQ(
      render("{{#ROW}}<li>{{A}} {{WHO}}{{#LAST}}.{{/LAST}}</li>{{/ROW}}{{#NONE}}never{{/NONE}}", values),
      "<li>1 all</li><li>2 all.</li>");
}

TEST(Pages, PartsAreIncludedAndRenderedAlone) {
  Files files = with_page("{{#ROW}}{{>row}}{{/ROW}}");
  files["parts/row.html"] = begin + "<b>{{A}}</b>";
  const Pages pages(some_words(), files, OnMismatch::raise);
  Values values;
  values.add("ROW").set("A", "<");
  EXPECT_EQ(pages.render("page", values, some_words()), "<b>&lt;</b>");
  EXPECT_EQ(pages.render_part("row", Values().set("A", "x"), some_words()).text(), "<b>x</b>");
}

TEST(Pages, WordsAndLanguageAreFilledIn) {
  EXPECT_EQ(render("<html lang=\"{{LANG}}\" dir=\"{{DIR}}\"><p title=\"{{w_quoted}}\">{{w_hello}}</p>", {}),
            "<html lang=\"en\" dir=\"ltr\"><p title=\"She said &quot;no&quot;\">Hello &amp; welcome</p>");
}

TEST(Pages, OneTemplateSpeaksEveryLanguage) {
  const Words arabic = Words::parse("ar", "hello = مرحبا\nquoted = \"لا\"\nto = إلى {name}\n");
  const Pages pages(some_words(), with_page("<p lang=\"{{LANG}}\" dir=\"{{DIR}}\">{{w_hello}}"),
                    OnMismatch::raise);
  EXPECT_EQ(pages.render("page", {}, some_words()), "<p lang=\"en\" dir=\"ltr\">Hello &amp; welcome");
  EXPECT_EQ(pages.render("page", {}, arabic), "<p lang=\"ar\" dir=\"rtl\">مرحبا");
}

TEST(Pages, AVariableThatIsNotSetIsAnError) {
  EXPECT_THROW(render("{{A}}{{B}}", Values().set("A", "x")), TemplateMismatch);
  Values row;
  row.add("ROW");
  EXPECT_THROW(render("{{#ROW}}{{A}}{{/ROW}}", row), TemplateMismatch);
  EXPECT_NO_THROW(render("{{#ROW}}{{A}}{{/ROW}}", {}));
}

TEST(Pages, ANameTheTemplateLacksIsAnError) {
  EXPECT_THROW(render("{{A}}", Values().set("A", "x").set("TITEL", "x")), TemplateMismatch);
  EXPECT_THROW(render("{{A}}", Values().set("A", "x").show("ROWS")), TemplateMismatch);
  Values row;
  row.add("ROW").set("A", "x").set("B", "x");
  EXPECT_THROW(render("{{#ROW}}{{A}}{{/ROW}}", row), TemplateMismatch);
}

TEST(Pages, MarkupAndTextAreNotMistakenForEachOther) {
  EXPECT_THROW(render("{{A:none}}", Values().set("A", "<b>")), TemplateMismatch);
  EXPECT_THROW(render("{{A}}", Values().set_html("A", escape("x"))), TemplateMismatch);
}

TEST(Pages, AMismatchInServiceLeavesThePlaceEmpty) {
  const Pages pages(some_words(), with_page("<p>{{A}}</p>"), OnMismatch::write_to_log);
  EXPECT_EQ(pages.render("page", {}, some_words()), "<p></p>");
}

TEST(Pages, TemplatesThatEscapingCannotSaveAreRefused) {
  const std::pair<const char*, const char*> refused[] = {
      {"<p title={{A}}>", "not in an attribute's value"},
      {"<p title=x>", "no quotes"},
      {"<button formaction=\"{{A}}\">", "formaction"},
      {"<p style=\"color: red\">", "style"},
      {"<p onclick=\"x()\">", "onclick"},
      {"<script>x()</script>", "inline <script>"},
      {"<style>p{}</style>", "inline <style>"},
      {"<script src=\"/x.js\">{{A}}</script>", "script"},
      {"<a href=\"/stories/{{A}}\">", "url_query_escape"},
      {"<a href=\"{{A:none}}\">", "markup"},
      {"<p {{A}}>", "in a tag"},
      {"<{{A}}>", "in a tag"},
      {"<img srcset=\"{{A}}\">", "srcset"},
      {"<p>{{A:javascript_escape}}</p>", "modifier"},
      {"{{#A}}", "not closed"},
      {"{{/A}}", "not open"},
      {"{{w_unknown}}", "no words"},
      {"{{w_to}}", "{name}"},
      {"{{w_hello:none}}", "not markup"},
      {"{{asset_missing_css}}", "asset_missing_css"},
      {"{{>missing}}", "missing"},
      {"{{>content}}", "no such template"},
      {"{{A", "cut short"},
  };
  for (const auto& [page, reason] : refused) {
    const std::string why = why_refused(page);
    EXPECT_NE(why.find(reason), std::string::npos) << page << ": " << why;
  }
}

TEST(Pages, ATemplateWithoutTheEscapingPragmaIsRefused) {
  const Files files = {{"layout/page.html", begin + "{{>content}}"}, {"pages/page.html", "<p>{{A}}</p>"}};
  EXPECT_THROW(Pages(some_words(), files, OnMismatch::raise), std::runtime_error);
}

TEST(Pages, EveryTemplateOfTheHouseCanBeRead) {
  const Words english = Words::load("en");
  const Pages pages(english);
  const Values values =
      Values().set("TITLE", "Not found").set("HEADING", "There is nothing here").show("NOINDEX");
  const std::string page = pages.render("message", values, english);
  EXPECT_NE(page.find("<title>Not found</title>"), std::string::npos);
  EXPECT_NE(page.find("<h1>There is nothing here</h1>"), std::string::npos);
  EXPECT_NE(page.find(*asset_address("keepsake.css")), std::string::npos);
  EXPECT_EQ(page.find("{{"), std::string::npos);
}

TEST(Pages, ManyThreadsRenderAtOnce) {
  const Words words = some_words();
  const Pages pages(words, with_page("<p>{{A}}</p>{{w_hello}}"), OnMismatch::raise);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&pages, &words, i] {
      const std::string text(20, static_cast<char>('a' + i));
      for (int n = 0; n < 200; ++n)
        EXPECT_EQ(pages.render("page", Values().set("A", text), words),
                  "<p>" + text + "</p>Hello &amp; welcome");
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Assets, AnAddressNamesTheContent) {
  const Asset* css = find_asset("keepsake.css");
  ASSERT_TRUE(css);
  EXPECT_EQ(css->media_type, "text/css; charset=utf-8");
  EXPECT_EQ(*asset_address("keepsake.css"), "/assets/keepsake.css?v=" + css->hash);
  EXPECT_FALSE(find_asset("../words/en.txt"));
  EXPECT_FALSE(asset_address("missing.css"));
}

}  // namespace
}  // namespace keepsake::html

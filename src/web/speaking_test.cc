#include "web/speaking.h"

#include <gtest/gtest.h>

#include "story/story.h"
#include "web/session_guard.h"
#include "web/way_back.h"

namespace keepsake::web {
namespace {

http::RequestHead asking(std::string_view accept_language, std::string_view cookie = {}) {
  http::RequestHead request;
  if (!accept_language.empty()) request.headers.add("Accept-Language", accept_language);
  if (!cookie.empty()) request.headers.add("Cookie", cookie);
  return request;
}

TEST(Speaking, TheCookieStandsBeforeTheBrowserAndTheBrowserBeforeTheInstance) {
  const html::Languages languages("fr");
  EXPECT_EQ(language_of(languages, asking("")), "fr");
  EXPECT_EQ(language_of(languages, asking("mi")), "fr");
  EXPECT_EQ(language_of(languages, asking("de-AT, en;q=0.5")), "de");
  EXPECT_EQ(language_of(languages, asking("de", "__Host-language=es")), "es");
  EXPECT_EQ(language_of(languages, asking("de", "a=b; __Host-language=ar")), "ar");
  for (const char* nonsense : {"__Host-language=xx", "__Host-language=", "__Host-language=recovery_english",
                               "__Host-language=es; __Host-language=fr", "language=es"}) {
    EXPECT_EQ(language_of(languages, asking("de", nonsense)), "de") << nonsense;
  }
}

TEST(Speaking, APersonsOwnChoiceStandsBeforeAll) {
  const html::Languages languages("en");
  EXPECT_EQ(Speaking::now(), nullptr);
  const http::RequestHead request = asking("de");
  {
    const Speaking speaking(languages, request);
    EXPECT_EQ(Speaking::now()->words().language(), "de");
    Speaking::prefer("");
    Speaking::prefer("xx");
    EXPECT_EQ(Speaking::now()->words().language(), "de");
    Speaking::prefer("ar");
    EXPECT_EQ(Speaking::now()->words().language(), "ar");
  }
  EXPECT_EQ(Speaking::now(), nullptr);
}

TEST(Speaking, ARefusalIsSaidInTheReadersLanguage) {
  const Refusal refusal{Refused::conflict, "This name is taken. Please choose another.", "name"};
  const Refusal unknown{Refused::conflict, "No catalogue has this."};
  const Refusal tries{Refused::too_many, "Wait 3 minutes.", {}, {"refused_tries", 3}};
  EXPECT_EQ(spoken(refusal), refusal.sentence);
  const html::Languages languages("en");
  const http::RequestHead request = asking("de");
  const Speaking speaking(languages, request);
  EXPECT_EQ(spoken(refusal), "Dieser Name ist vergeben. Bitte wählen Sie einen anderen.");
  EXPECT_EQ(spoken(unknown), unknown.sentence);
  EXPECT_NE(spoken(tries).find("3 Minuten"), std::string::npos);
}

// Sentences that are put together of parts, which no check can read.
TEST(Speaking, WhatAStoryIsRefusedForIsKnownToTheCatalogue) {
  const html::Words english = html::Words::load("en");
  const std::string long_text(5'000, 'a'), broken("a\x01z"), lines("a\nb");
  const auto known = [&](const StoryChange& change) {
    const auto refused = story_rules::changed({}, change);
    ASSERT_TRUE(refused.refused());
    EXPECT_TRUE(english.id_of(refused.refusal().sentence)) << refused.refusal().sentence;
  };
  for (const std::string& text : {long_text, broken}) {
    known({.title = text});
    known({.author_note = text});
    known({.notes = std::vector{text}});
    for (const auto field :
         {&StoryChange::Photo::alt, &StoryChange::Photo::caption, &StoryChange::Photo::credit}) {
      StoryChange::Photo photo{PublicId::random().text(), "", "", ""};
      photo.*field = text;
      known({.photos = std::vector{photo}});
    }
  }
  known({.title = lines});
  known({.notes = std::vector{lines}});
  known({.photos = std::vector{StoryChange::Photo{PublicId::random().text(), "", "", lines}}});
  known({.photos = std::vector(501, StoryChange::Photo{})});
}

TEST(ShowsNothing, ALanguageAloneTellsNothing) {
  EXPECT_TRUE(SessionGuard::shows_nothing(asking("de")));
  EXPECT_TRUE(SessionGuard::shows_nothing(asking("de", "__Host-language=es")));
  EXPECT_TRUE(SessionGuard::shows_nothing(asking("de", "__Host-device=x")));
  EXPECT_TRUE(SessionGuard::shows_nothing(asking("de", "__Host-device=x; __Host-language=es")));
  EXPECT_TRUE(SessionGuard::shows_nothing(asking("de", "__Host-language=es; __Host-device=x")));
  EXPECT_FALSE(SessionGuard::shows_nothing(asking("de", "__Host-device=x; __Host-device=y")));
  EXPECT_FALSE(SessionGuard::shows_nothing(asking("de", "__Host-device=x; __Host-language=es; a=b")));
  EXPECT_FALSE(SessionGuard::shows_nothing(asking("de", "__Host-language=es; __Host-pass=x")));
  EXPECT_FALSE(SessionGuard::shows_nothing(asking("de", "__Host-session=x")));
  EXPECT_FALSE(SessionGuard::shows_nothing(asking("de", "__Host-languages=x")));
  auto two = asking("de", "__Host-language=es");
  two.headers.add("Cookie", "__Host-session=x");
  EXPECT_FALSE(SessionGuard::shows_nothing(two));
}

TEST(WayBack, LeadsToThisHouseAlone) {
  http::RequestHead request;
  request.headers.add("Host", "keepsake.example");
  request.secure = true;
  EXPECT_EQ(place_before(request), "/");
  for (const auto& [before, place] :
       {std::pair{"https://keepsake.example/stories/x?a=b", "/stories/x?a=b"},
        std::pair{"https://keepsake.example.org/x", "/"}, std::pair{"http://keepsake.example/x", "/"},
        std::pair{"https://keepsake.example//elsewhere.example/x", "/"},
        std::pair{"https://keepsake.example/\\elsewhere.example", "/"}}) {
    http::RequestHead from = request;
    from.headers.add("Referer", before);
    EXPECT_EQ(place_before(from), place) << before;
  }
}

}  // namespace
}  // namespace keepsake::web

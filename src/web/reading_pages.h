#pragma once
// Reading: the first page, a person's page, a story, its photos one by one, its gate.
#include <boost/json/object.hpp>
#include <functional>

#include "audience/gate_cookie.h"
#include "audience/list_cursor.h"
#include "person/people.h"
#include "story/stories.h"
#include "upkeep/house_texts.h"
#include "web/help_view.h"
#include "web/input.h"
#include "web/page_cache.h"
#include "web/respond.h"
#include "web/route.h"
#include "web/single_flight.h"

namespace keepsake::web {

class ReadingPages {
 public:
  struct Uses {
    db::Database& database;
    Stories& stories;
    const GateCookie& gate;
    const CursorSeal& cursors;
    HouseTexts& texts;
    const HelpView& help;
    std::string country;  // the host's, for whom help is shown where the reader says nothing
    PageCache& cache;
    SingleFlight& flight;
  };
  ReadingPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response home(Ask& ask, const Reading& who) const;
  Result<http::Response> person(Ask& ask, const Reading& who) const;
  Result<http::Response> story(Ask& ask, const Reading& who) const;
  Result<http::Response> photo(Ask& ask, const Reading& who) const;
  Later<Result<http::Response>> pass_gate(Ask& ask, const Reading& who) const;

 private:
  // A page of a story that the viewer was let into, and what programs get in its place.
  struct Leaf {
    std::string_view page;
    std::string title;
    bool findable = false;  // by search engines, if the story is public
    // Gives until when they are right, if the clock alone makes them wrong.
    std::function<html::Values(Time& until)> values;
    std::function<boost::json::object()> json;
  };
  // What a viewer accepts at a gate, and which gate they were shown, if they say so.
  struct Step {
    Accepted accepted;
    std::optional<std::int64_t> shown;
  };

  std::optional<ListCursor> cursor_of(const Ask& ask) const;
  html::Values& add_row(html::Values& values, const ListedStory& story) const;
  void fill_mine(html::Values& values, const std::vector<StoryHead>& mine) const;
  void say_more(html::Values& values, const StoryList& list) const;
  html::Values own_values(const Ask& ask, const ReadableStory& story, Time& until) const;
  Time fill_help(html::Values& values, const Ask& ask, const std::vector<std::string>& topics) const;
  std::string key_of(const Ask& ask) const;
  http::Response turn_to(Ask& ask, const ReadableStory& story, const Reading& who, const Leaf& leaf) const;
  http::Response gate(Ask& ask, const ReadableStory& story, const Reading& who) const;
  using Read = Result<http::Response> (ReadingPages::*)(Ask& ask, const Reading& who) const;
  // Of a crowd that shows nothing of itself one makes the page; what the others take is as good as if they
  // had come a moment later.
  Result<http::Response> once(Ask& ask, const Reading& who, Read read) const;
  Result<http::Response> read_story(Ask& ask, const Reading& who) const;
  Result<http::Response> read_photo(Ask& ask, const Reading& who) const;
  http::Response gate_page(const Ask& ask, const ReadableStory& story, const Reading& who,
                           const Refusal* problem = nullptr) const;
  Result<http::Response> gate_again(Ask& ask, const Reading& who) const;
  Result<Step> read_step(Ask& ask) const;
  Result<http::Response> pass_with_cookie(Ask& ask, const Reading& who) const;
  http::Response through_gate(const Ask& ask) const;
  http::Response for_everyone(Ask& ask, const ReadableStory& story, const Reading& who,
                              const Leaf& leaf) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

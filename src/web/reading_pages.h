#pragma once
// Reading: the first page, a person's page, a story, its gate.
#include "audience/gate_cookie.h"
#include "audience/list_cursor.h"
#include "person/people.h"
#include "story/stories.h"
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
    PageCache& cache;
    SingleFlight& flight;
  };
  ReadingPages(const Uses& uses, const Respond& respond) : uses_(uses), respond_(respond) {}

  http::Response home(Ask& ask, const Reading& who) const;
  Result<http::Response> person(Ask& ask, const Reading& who) const;
  Result<http::Response> story(Ask& ask, const Reading& who) const;
  Later<Result<http::Response>> pass_gate(Ask& ask, const Reading& who) const;

 private:
  // What a viewer accepts at a gate, and which gate they were shown, if they say so.
  struct Step {
    Accepted accepted;
    std::optional<std::int64_t> shown;
  };

  std::optional<ListCursor> cursor_of(const Ask& ask) const;
  void fill_list(html::Values& values, const StoryList& list) const;
  Result<http::Response> read_story(Ask& ask, const Reading& who) const;
  http::Response story_page(const ReadableStory& story, const Reading& who) const;
  http::Response gate_page(const ReadableStory& story, const Reading& who,
                           const Refusal* problem = nullptr) const;
  Result<http::Response> gate_again(Ask& ask, const Reading& who) const;
  Result<Step> read_step(Ask& ask) const;
  Result<http::Response> pass_with_cookie(Ask& ask, const Reading& who) const;
  http::Response through_gate(const Ask& ask) const;
  http::Response for_everyone(Ask& ask, const ReadableStory& story, const Reading& who) const;

  Uses uses_;
  const Respond& respond_;
};

}  // namespace keepsake::web

#pragma once
// What a sender meets behind a drop link: a page with one button, then a form and what they have sent.
// Nothing of the album is here.
#include <chrono>

#include "album/drop_links.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

// A cookie of this house like those of web/session_guard.h: the pass of a visit by a drop link.
inline constexpr std::string_view drop_cookie = "__Host-drop";

// How a sender's answers are paced, so that the time tells nothing of what is kept here already.
inline constexpr std::chrono::milliseconds drop_pace{500};

class DropPages {
 public:
  DropPages(DropLinks& drops, const Respond& respond) : drops_(drops), respond_(respond) {}

  Result<http::Response> arrive(Ask& ask, const Anyone&) const;
  Result<http::Response> open(Ask& ask, const Anyone&) const;
  Result<http::Response> add(Ask& ask, const Anyone&) const;
  Result<http::Response> take_back(Ask& ask, const Anyone&) const;

 private:
  http::Response arrival_page(const DropLinkPage& link, const Refusal* problem) const;
  http::Response sending_page(const Ask& ask, const DropVisit& visit, const Refusal* problem) const;

  DropLinks& drops_;
  const Respond& respond_;
};

}  // namespace keepsake::web

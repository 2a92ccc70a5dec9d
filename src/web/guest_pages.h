#pragma once
// Guest links: an author makes and ends them; whoever was sent one arrives at a page with one button.
#include "audience/guest_links.h"
#include "story/stories.h"
#include "web/input.h"
#include "web/respond.h"
#include "web/route.h"

namespace keepsake::web {

class GuestPages {
 public:
  GuestPages(GuestLinks& links, Stories& stories, std::string origin, const Respond& respond)
      : links_(links), stories_(stories), origin_(std::move(origin)), respond_(respond) {}

  http::Response mine(Ask& ask, const Member& member) const;
  Result<http::Response> list(Ask& ask, const Member& member) const;
  Result<http::Response> create(Ask& ask, const Member& member) const;
  Result<http::Response> revoke(Ask& ask, const Member& member) const;
  Result<http::Response> arrive(Ask& ask, const Reading& who) const;
  Result<http::Response> open(Ask& ask, const Reading& who) const;

 private:
  http::Response links_page(const Member& member, const Story& story, const Input& typed,
                            const std::string& new_url, const Refusal* problem) const;
  http::Response arrival_page(const GuestLinkPage& link, const Refusal* problem) const;
  html::Values& add_row(html::Values& values, const GuestLink& link) const;
  std::string standing_of(const GuestLink& link) const;

  GuestLinks& links_;
  Stories& stories_;
  std::string origin_;  // what links begin with
  const Respond& respond_;
};

}  // namespace keepsake::web
